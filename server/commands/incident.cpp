// server/commands/incident.cpp: `outcry incident`: what was declared, and an operator's acts on it: list, show,
// close, label.
#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/api/incidents.hpp"
#include "server/api/timestamps.hpp"
#include "server/commands/note.hpp"
#include "server/commands/session.hpp"
#include "server/operator/incidents/incident_act.hpp"
#include "server/operator/tuning/labelling.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/labels.hpp"

namespace outcry::commands {
namespace {

using analytics::Phase;
using api::to_rfc3339;
using Json = nlohmann::ordered_json;
using operators::Outcome;
using storage::IncidentRecord;

struct Asked {
    std::string state, service, since;
    int limit = 50;
};

struct Wish {
    std::string id, label, note;
};

/// What operators know of an incident beside what everyone is told.
struct Desk {
    api::IncidentDetail detail;
    storage::IncidentActs acts;
    std::optional<storage::Acknowledgement> acknowledged;
    std::vector<storage::AlertLabel> labels;
};

[[noreturn]] void no_such_incident(const std::string& id) {
    throw Failure(Exit::failed, "there is no incident \"" + id + "\"", "outcry incident list");
}

std::string to_rfc3339(Minute at) {
    return api::to_rfc3339(Time{at});
}

/// As part of a line of columns.
std::string in_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; },
        ' ');
    return text;
}

bool is_open(const IncidentRecord& record) {
    return record.incident.phase == Phase::open;
}

/// As everywhere else, and one more than wanted, to know whether there are others.
storage::IncidentFilter filter_of(storage::Transaction& tx, const Asked& asked, std::optional<Time> since) {
    storage::IncidentFilter filter{.since = since, .limit = asked.limit + 1};
    if (!asked.state.empty()) filter.open = asked.state == "open";
    if (asked.service.empty()) return filter;
    filter.service = storage::find_service_id(tx, asked.service);
    if (!filter.service)
        throw Failure(Exit::failed, "there is no service \"" + asked.service + "\"", "outcry service list");
    return filter;
}

std::optional<Time> since_of(const Asked& asked) {
    if (asked.since.empty()) return std::nullopt;
    if (const auto since = api::parse_rfc3339(asked.since)) return since;
    throw Failure(Exit::usage, "--since " + asked.since + ": that is no time in RFC 3339",
                  "outcry incident list --since 2026-01-22T14:30:00Z");
}

void print_line(const IncidentRecord& record) {
    const auto& incident = record.incident;
    std::cout << record.id << '\t' << record.service_slug << '\t' << (is_open(record) ? "open" : "closed")
              << '\t' << to_rfc3339(incident.opened) << '\t'
              << (is_open(record) ? "-" : to_rfc3339(incident.closed)) << '\t' << incident.peak << '\t'
              << incident.total << '\n';
}

Exit list(const Invocation& invocation, const Asked& asked) {
    const auto since = since_of(asked);
    const Session session(invocation);
    auto records = session.database->run(
        [&](storage::Transaction& tx) { return storage::load_incidents(tx, filter_of(tx, asked, since)); });
    const bool more = records.size() > static_cast<std::size_t>(asked.limit);
    if (more) records.pop_back();
    if (invocation.json)
        std::cout << Json::parse(api::incidents_json(records, {}, std::nullopt))["data"].dump() << '\n';
    else
        for (const auto& record : records) print_line(record);
    if (more) std::cerr << "There are more; a larger --limit shows them.\n";
    return Exit::ok;
}

Desk load(storage::Transaction& tx, const std::string& id) {
    const auto now = storage::database_time(tx);
    auto detail = api::load_incident_detail(tx, id, now);
    if (!detail) no_such_incident(id);
    const auto time = operators::labelled_time(detail->record, now);
    Desk desk{.detail = std::move(*detail),
              .acts = storage::load_acts(tx, id),
              .acknowledged = storage::load_acknowledgement(tx, id),
              .labels = {}};
    desk.labels = storage::load_labels(tx, desk.detail.record.service, time.began, time.ended);
    return desk;
}

Json in_json(const Desk& desk) {
    auto body = Json::parse(api::incident_json(desk.detail, {}));
    body["ends"] = desk.acts.ends ? Json(to_rfc3339(*desk.acts.ends)) : Json(nullptr);
    body["acknowledged"] = nullptr;
    if (const auto& by = desk.acknowledged)
        body["acknowledged"] = {{"by", by->by_whom}, {"at", api::to_rfc3339(by->at)}, {"note", by->note}};
    body["labels"] = Json::array();
    for (const auto& each : desk.labels)
        body["labels"].push_back({{"began", to_rfc3339(each.began)},
                                  {"ended", to_rfc3339(each.ended)},
                                  {"label", each.real ? "real" : "false"},
                                  {"by", each.by_whom}});
    return body;
}

void print(const Desk& desk) {
    const auto line = [](std::string_view name, const auto&... values) {
        std::cout << name;
        ((std::cout << '\t' << values), ...);
        std::cout << '\n';
    };
    const auto& record = desk.detail.record;
    const auto& incident = record.incident;
    const auto& why = incident.reasons;
    line("id", record.id);
    line("service", record.service_slug);
    line("state", is_open(record) ? "open" : "closed");
    line("began", to_rfc3339(incident.began));
    line("opened", to_rfc3339(incident.opened));
    if (!is_open(record)) line("closed", to_rfc3339(incident.closed));
    if (is_open(record) && desk.acts.ends) line("ends", to_rfc3339(*desk.acts.ends));
    line("peak_15m", incident.peak, to_rfc3339(incident.peak_at));
    line("total", incident.total);
    line("reports_15m", why.observed);
    line("expected_15m", why.expected);
    if (record.merged) line("merged_into", record.merged->into);
    if (const auto& by = desk.acknowledged)
        line("acknowledged", api::to_rfc3339(by->at), by->by_whom, in_one_line(by->note));
    for (const auto& each : desk.labels) line("label", each.real ? "real" : "false", each.by_whom);
    for (const auto& event : desk.detail.events)
        line("event", to_rfc3339(event.at), storage::to_string(event.kind), analytics::to_string(event.state));
    for (const auto& note : desk.detail.annotations)
        line("note", api::to_rfc3339(note.at), note.by, in_one_line(note.text));
}

Exit show(const Invocation& invocation, const std::string& id) {
    const Session session(invocation);
    const auto desk = session.database->run([&](storage::Transaction& tx) { return load(tx, id); });
    if (invocation.json)
        std::cout << in_json(desk).dump() << '\n';
    else
        print(desk);
    return Exit::ok;
}

/// The console's own act; what it objects to becomes a sentence and the next step.
void do_act(storage::Transaction& tx, operators::Act act, const Wish& wish, Time now) {
    const auto show = "outcry incident show " + wish.id;
    switch (
        operators::act(tx, {.act = act, .incident = wish.id, .by = by_command_line(), .why = wish.note}, now)) {
        case Outcome::done:
            return;
        case Outcome::no_incident:
            no_such_incident(wish.id);
        case Outcome::not_open:
            throw Failure(Exit::failed, "the incident is closed already", show);
        case Outcome::already:
            throw Failure(Exit::failed, "somebody is closing it already", show);
        case Outcome::no_reason:
            throw Failure(Exit::usage, "say why; everyone can read it on the incident's page",
                          "outcry incident label " + wish.id + " false --note \"It was a drill.\"");
        case Outcome::long_reason:
        case Outcome::bad_target:
        case Outcome::whole_over:
            break;
    }
    throw Failure(Exit::failed, "the incident cannot be changed in this way", show);
}

Exit close(const Invocation& invocation, const Wish& wish) {
    const Session session(invocation);
    const auto ends = session.database->run([&](storage::Transaction& tx) {
        do_act(tx, operators::Act::close, wish, storage::database_time(tx));
        return to_rfc3339(storage::load_acts(tx, wish.id).ends.value());
    });
    if (invocation.json)
        std::cout << Json{{"incident", wish.id}, {"done", "close"}, {"ends", ends}}.dump() << '\n';
    std::cerr << "It ends at " << ends << ", as soon as a running server has counted until then.\n";
    return Exit::ok;
}

/// An outage is said of the service's time alone; a false alarm also on the incident's page.
void label(storage::Transaction& tx, const Wish& wish) {
    const auto now = storage::database_time(tx);
    if (wish.label == "false") return do_act(tx, operators::Act::mark_false, wish, now);
    const auto record = storage::load_incident(tx, wish.id);
    if (!record) no_such_incident(wish.id);
    storage::Service service;
    service.id = record->service;
    service.slug = record->service_slug;
    const auto time = operators::labelled_time(*record, now);
    operators::label(tx, service, {time.began, time.ended, true}, by_command_line(), now, wish.note);
}

Exit label(const Invocation& invocation, const Wish& wish) {
    const Session session(invocation);
    session.database->run([&](storage::Transaction& tx) { label(tx, wish); });
    if (invocation.json)
        std::cout << Json{{"incident", wish.id}, {"done", "label"}, {"label", wish.label}}.dump() << '\n';
    std::cerr << (wish.label == "real" ? "An outage: tuning counts it as one to find.\n"
                                       : "A false alarm: tuning counts it as one to avoid.\n");
    return Exit::ok;
}

void add_list(CLI::App& incident, Invocation& invocation) {
    const auto asked = std::make_shared<Asked>();
    auto* listed = incident.add_subcommand(
        "list",
        "The newest first: id, service, state, opened, closed, most reports in 15 minutes, all reports");
    listed->add_option("--state", asked->state, "open or closed; both when left out")
        ->check(CLI::IsMember({"open", "closed"}));
    listed->add_option("--service", asked->service, "Of this service alone, by its slug");
    listed->add_option("--since", asked->since, "What was open then or later, such as 2026-01-22T14:30:00Z");
    listed->add_option("--limit", asked->limit, "At most so many")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    listed->callback(
        [&invocation, asked] { invocation.run = [&invocation, asked] { return list(invocation, *asked); }; });
}

}  // namespace

void add_incident(CLI::App& program, Invocation& invocation) {
    auto* incident = program.add_subcommand("incident", "Incidents: list, show, close, label");
    incident->require_subcommand(1);
    add_list(*incident, invocation);

    const auto wish = std::make_shared<Wish>();
    const auto command = [&](const char* name, const char* help, std::function<Exit()> run) {
        auto* made = incident->add_subcommand(name, help);
        made->add_option("id", wish->id, "The incident's id, as in its address")->required();
        made->callback([&invocation, run = std::move(run)] { invocation.run = run; });
        return made;
    };
    command("show", "One incident: how it went, why it opened, what was done",
            [&invocation, wish] { return show(invocation, wish->id); });
    auto* closed = command("close", "End an open incident with the minute that is running",
                           [&invocation, wish] { return close(invocation, *wish); });
    add_note(*closed, wish->note)->required();
    auto* labelled = command("label", "Say whether it was an outage, for tuning",
                             [&invocation, wish] { return label(invocation, *wish); });
    labelled
        ->add_option("label", wish->label, "real, or false for a false alarm, which the public page tells too")
        ->required()
        ->check(CLI::IsMember({"real", "false"}));
    add_note(*labelled, wish->note, "Why, for the audit log; of a false alarm it is needed, and public");
}

}  // namespace outcry::commands
