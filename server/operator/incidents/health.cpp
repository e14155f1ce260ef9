// server/operator/incidents/health.cpp: a part that stands still is told by how old its last work is.
#include "server/operator/incidents/health.hpp"

#include <algorithm>
#include <filesystem>

namespace outcry::operators {

using kainjow::mustache::list;
using Data = kainjow::mustache::data;
using pages::Words;

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds usual = 3min;  // that the last minute may be old before it is said aloud
constexpr auto least_real = 15s;                   // and that much at least of real time, on a fast clock
constexpr auto overdue = 2min;                     // real time that a message may take to go out

std::string gigabytes(std::uint64_t bytes, const Words& words) {
    constexpr std::uint64_t mega = 1'000'000, giga = 1'000'000'000;
    return bytes < 10 * giga ? words.text("operator.console.megabytes", {{"n", words.number(bytes / mega)}})
                             : words.text("operator.console.gigabytes", {{"n", words.number(bytes / giga)}});
}

std::chrono::milliseconds patience(const live::Clock& clock) {
    return std::max(usual, clock.span_of(least_real));
}

/// A name, a sentence, and whether all is well.
struct Part {
    std::string key, note;
    bool well = true;
};

Part counting(const Health& health, const live::Clock& clock, const Words& words) {
    const auto& until = health.condition.complete_until;
    if (!until) return {"counting", words.text("operator.console.counted_never"), true};
    const bool late = is_late(health, clock);
    const auto* key = late ? "late" : health.condition.waiting ? "waiting" : "until";
    return {"counting",
            words.text(std::string("operator.console.counted_") + key,
                       {{"time", words.moment(Time{*until}, clock.now())}}),
            !late};
}

Part judging(const Health& health, const live::Clock& clock, const Words& words) {
    const auto& counted = health.condition.complete_until;
    const bool late = counted && *counted - health.judged_until > patience(clock);
    return {"judging",
            words.text(late ? "operator.console.judged_late" : "operator.console.judged_until",
                       {{"time", words.moment(Time{health.judged_until}, clock.now())}}),
            !late};
}

Part sending(const Health& health, const live::Clock& clock, const Words& words) {
    const auto& all = health.sending;
    if (all.due)
        return {"sending",
                words.text("operator.console.sending_late", {{"time", words.moment(*all.due, clock.now())}}),
                false};
    if (all.failing > 0)
        return {"sending", words.plural("operator.console.targets_failing", all.failing), false};
    return {"sending", words.text("operator.console.sending_well"), true};
}

Part reading(const Health& health, const Words& words) {
    const auto& all = health.reading;
    if (all.pages == 0) return {"reading", words.text("operator.console.reading_none"), true};
    if (all.failing == 0) return {"reading", words.plural("operator.console.reading_well", all.pages), true};
    return {
        "reading",
        words.text("operator.console.reading_failing",
                   {{"n", words.number(all.failing)}, {"all", words.number(all.pages)}, {"names", all.names}}),
        false};
}

Part disk(const Health& health, const Words& words) {
    const auto size = gigabytes(health.condition.bytes, words);
    if (!health.disk_free)
        return {"database", words.text("operator.console.database_size", {{"size", size}}), true};
    constexpr std::uint64_t tight = 10;  // of a hundred
    const bool full = *health.disk_free < *health.disk_size / tight;
    return {"disk",
            words.text(full ? "operator.console.disk_tight" : "operator.console.disk_free",
                       {{"free", gigabytes(*health.disk_free, words)},
                        {"all", gigabytes(*health.disk_size, words)},
                        {"size", size}}),
            !full};
}

}  // namespace

Health load_health(storage::Transaction& tx, const live::Clock& clock) {
    const auto now = clock.now();
    Health health;
    health.condition = storage::load_condition(tx);
    health.sending = storage::load_sending(tx, now - 24h, now - clock.span_of(overdue));
    health.reading = storage::load_reading(tx);
    return health;
}

void look_at_disk(Health& health, const std::string& folder) {
    std::error_code problem;
    const auto space = std::filesystem::space(folder, problem);
    if (folder.empty() || problem) return;
    health.disk_free = space.available;
    health.disk_size = space.capacity;
}

bool is_late(const Health& health, const live::Clock& clock) {
    const auto& until = health.condition.complete_until;
    return until && clock.now() - Time{*until} > patience(clock);
}

list part_rows(const Health& health, const live::Clock& clock, const Words& words) {
    list rows;
    for (const auto& part : {counting(health, clock, words), judging(health, clock, words),
                             sending(health, clock, words), reading(health, words), disk(health, words)}) {
        Data row{Data::type::object};
        row.set("name", words.text("operator.console.part_of." + part.key));
        row.set("state", part.well ? "normal" : "possible");
        row.set("state_text", words.text(part.well ? "operator.console.well" : "operator.console.troubled"));
        row.set("note", part.note);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace outcry::operators
