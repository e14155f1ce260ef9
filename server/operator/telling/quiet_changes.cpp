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

std::string object_of(Transaction& tx, const Maintenance& window) {
    return "service " + storage::slug_of(tx, window.service);
}

std::string object_of(Transaction& tx, const Silence& silence) {
    if (silence.service) return "service " + storage::slug_of(tx, *silence.service);
    return silence.group.empty() ? "everything" : "group " + silence.group;
}

std::string audit_json(const Maintenance& window) {
    return json{
        {"starts", moment_text(window.starts)}, {"ends", moment_text(window.ends)}, {"title", window.title}}
        .dump();
}

std::string audit_json(const Silence& silence) {
    return json{{"ends", moment_text(silence.ends)}, {"reason", silence.reason}}.dump();
}

void note(Transaction& tx, const storage::AuditEntry& entry, Time now) {
    storage::write_audit(tx, entry, now);
    storage::look_at_held_again(tx, now);
}

/// That of this id among those that are not over.
template <class One>
std::optional<One> find(const std::vector<One>& all, std::int32_t id) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const One& one) { return one.id == id; });
    return found == all.end() ? std::nullopt : std::optional{*found};
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

std::int32_t add_maintenance(Transaction& tx, Maintenance window, const Actor& actor, const pages::Words& words,
                             Time now, Flaws& flaws) {
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
    note(tx,
         {.actor = actor.audit_name(),
          .action = "maintenance.create",
          .object = object_of(tx, window),
          .after = audit_json(window)},
         now);
    return id;
}

std::int32_t add_silence(Transaction& tx, Silence silence, const Actor& actor, Time now) {
    silence.by_whom = actor.audit_name();
    const auto id = storage::add_silence(tx, silence, now);
    note(tx,
         {.actor = actor.audit_name(),
          .action = "silence.create",
          .object = object_of(tx, silence),
          .after = json{{"ends", moment_text(silence.ends)}}.dump(),
          .why = silence.reason},
         now);
    return id;
}

bool end_maintenance(Transaction& tx, std::int32_t id, const Actor& actor, Time now) {
    const auto window = find(storage::load_maintenances(tx, now), id);
    if (!window || !storage::end_maintenance(tx, id, now)) return false;
    storage::AuditEntry entry{.actor = actor.audit_name(),
                              .action = "maintenance.end",
                              .object = object_of(tx, *window),
                              .before = audit_json(*window)};
    auto shorter = *window;
    shorter.ends = now;
    if (window->starts < now) entry.after = audit_json(shorter);  // what had not begun is cancelled as a whole
    note(tx, entry, now);
    return true;
}

bool end_silence(Transaction& tx, std::int32_t id, const Actor& actor, Time now) {
    const auto silence = find(storage::load_silences(tx, now), id);
    if (!silence || !storage::end_silence(tx, id, now)) return false;
    auto shorter = *silence;
    shorter.ends = now;
    note(tx,
         {.actor = actor.audit_name(),
          .action = "silence.end",
          .object = object_of(tx, *silence),
          .before = audit_json(*silence),
          .after = audit_json(shorter)},
         now);
    return true;
}

}  // namespace outcry::operators
