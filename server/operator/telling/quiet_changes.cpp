// server/operator/telling/quiet_changes.cpp: read, checked against what is announced already, stored.
#include "server/operator/telling/quiet_changes.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server/operator/moment.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/deliveries.hpp"

namespace outcry::operators {

using nlohmann::json;
using storage::Maintenance;
using storage::Silence;
using storage::Transaction;

const std::vector<std::string_view> maintenance_fields{"service", "starts", "ends", "title"};
const std::vector<std::string_view> silence_fields{"service", "group", "ends", "minutes", "reason"};

namespace {

constexpr std::chrono::days longest{366};

struct Reading {
    const Input& input;
    const pages::Words& words;
    Flaws& flaws;

    void wrong(const char* field, const char* key) const {
        flaws.push_back({field, words.text(std::string("operator.quiet.wrong.") + key)});
    }
    Time moment(const char* field) const {
        const auto at = parse_moment(input.text(field));
        if (!at) wrong(field, "moment");
        return at.value_or(Time{});
    }
    /// One line people can read, of 1 to 200 bytes.
    std::string line(const char* field, const char* key) const {
        auto text = input.text(field);
        const bool visible =
            std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; });
        if (text.empty() || text.size() > 200 || !visible) wrong(field, key);
        return text;
    }
    const storage::Service* service(const live::Catalogue& catalogue) const {
        const auto slug = input.text("service");
        const auto* found = slug.empty() ? nullptr : catalogue.find(slug);
        if (!found && !slug.empty()) wrong("service", "service");
        return found;
    }
};

std::string name_of(const live::Catalogue& catalogue, storage::ServiceId id) {
    const auto* service = catalogue.find(id);
    return service ? service->slug : std::to_string(id);
}

void note(Transaction& tx, const Actor& actor, const char* action, const std::string& object, Time now,
          std::optional<std::string> after = {}, std::string why = {}) {
    storage::write_audit(tx,
                         {.actor = actor.audit_name(),
                          .action = action,
                          .object = object,
                          .before = {},
                          .after = std::move(after),
                          .why = std::move(why)},
                         now);
    storage::look_at_held_again(tx, now);
}

std::optional<long> minutes_from(const std::string& text) {
    long value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc{} || stopped != end || value < 1 || value > 527'040) return std::nullopt;
    return value;
}

}  // namespace

Maintenance read_maintenance(const Input& input, const live::Catalogue& catalogue, const pages::Words& words,
                             Time now, Flaws& flaws) {
    const Reading read{input, words, flaws};
    Maintenance window;
    const auto* service = read.service(catalogue);
    if (service) window.service = service->id;
    if (input.text("service").empty()) read.wrong("service", "service");
    window.starts = read.moment("starts");
    window.ends = read.moment("ends");
    window.title = read.line("title", "title");
    const bool read_both = flaw_of(flaws, "starts").empty() && flaw_of(flaws, "ends").empty();
    if (read_both && window.ends <= window.starts) read.wrong("ends", "order");
    if (read_both && window.ends <= now) read.wrong("ends", "past");
    if (read_both && window.ends - window.starts > longest) read.wrong("ends", "long");
    return window;
}

Silence read_silence(const Input& input, const live::Catalogue& catalogue, const pages::Words& words, Time now,
                     Flaws& flaws) {
    const Reading read{input, words, flaws};
    Silence silence;
    silence.starts = now;
    if (const auto* service = read.service(catalogue)) silence.service = service->id;
    silence.group = input.text("group");
    if (silence.service && !silence.group.empty()) read.wrong("group", "both");
    const auto& services = catalogue.services;
    if (!silence.group.empty() && std::none_of(services.begin(), services.end(),
                                               [&](const auto& one) { return one.group == silence.group; }))
        read.wrong("group", "group");
    if (!input.text("minutes").empty()) {
        const auto minutes = minutes_from(input.text("minutes"));
        if (!minutes) read.wrong("minutes", "minutes");
        silence.ends = now + std::chrono::minutes{minutes.value_or(1)};
    } else {
        silence.ends = read.moment("ends");
        if (flaw_of(flaws, "ends").empty() && silence.ends <= now) read.wrong("ends", "past");
        if (silence.ends - now > longest) read.wrong("ends", "long");
    }
    silence.reason = read.line("reason", "reason");
    return silence;
}

std::int32_t add_maintenance(Transaction& tx, Maintenance window, const live::Catalogue& catalogue,
                             const Actor& actor, const pages::Words& words, Time now, Flaws& flaws) {
    storage::lock_service(tx,
                          window.service);  // who announces at the same moment waits, and then sees this one
    if (const auto other = storage::find_overlap(tx, window)) {
        flaws.push_back(
            {"starts", words.text("operator.quiet.wrong.overlap",
                                  {{"title", other->title},
                                   {"by", other->by_whom},
                                   {"from", words.day(other->starts) + ' ' + words.clock(other->starts)},
                                   {"to", words.day(other->ends) + ' ' + words.clock(other->ends)}})});
        return 0;
    }
    window.by_whom = actor.audit_name();
    const auto id = storage::add_maintenance(tx, window, now);
    note(
        tx, actor, "maintenance.create", "service " + name_of(catalogue, window.service), now,
        json{
            {"starts", moment_text(window.starts)}, {"ends", moment_text(window.ends)}, {"title", window.title}}
            .dump());
    return id;
}

std::int32_t add_silence(Transaction& tx, Silence silence, const live::Catalogue& catalogue, const Actor& actor,
                         Time now) {
    silence.by_whom = actor.audit_name();
    const auto id = storage::add_silence(tx, silence, now);
    const auto object = silence.service          ? "service " + name_of(catalogue, *silence.service)
                        : !silence.group.empty() ? "group " + silence.group
                                                 : std::string("everything");
    note(tx, actor, "silence.create", object, now, json{{"ends", moment_text(silence.ends)}}.dump(),
         silence.reason);
    return id;
}

bool end_maintenance(Transaction& tx, std::int32_t id, const Actor& actor, Time now) {
    if (!storage::end_maintenance(tx, id, now)) return false;
    note(tx, actor, "maintenance.end", "maintenance " + std::to_string(id), now);
    return true;
}

bool end_silence(Transaction& tx, std::int32_t id, const Actor& actor, Time now) {
    if (!storage::end_silence(tx, id, now)) return false;
    note(tx, actor, "silence.end", "silence " + std::to_string(id), now);
    return true;
}

}  // namespace outcry::operators
