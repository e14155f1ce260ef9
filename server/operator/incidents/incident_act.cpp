// server/operator/incidents/incident_act.cpp: see the header.
#include "server/operator/incidents/incident_act.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/operator/form.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/labels.hpp"

namespace outcry::operators {
namespace {

using nlohmann::json;
using storage::Transaction;

bool is_open(const storage::IncidentRecord& record) {
    return record.incident.phase == analytics::Phase::open;
}

Outcome acknowledge(Transaction& tx, const Deed& deed, const storage::IncidentRecord& record, Time now) {
    if (!is_open(record)) return Outcome::not_open;
    return storage::acknowledge(tx, deed.incident, {.by_whom = deed.by, .note = deed.why, .at = now})
               ? Outcome::done
               : Outcome::already;
}

Outcome close(Transaction& tx, const Deed& deed, const storage::IncidentRecord& record, Time now) {
    if (!is_open(record)) return Outcome::not_open;
    return storage::end_incident(tx, deed.incident, deed.by, now) ? Outcome::done : Outcome::already;
}

Outcome merge(Transaction& tx, const Deed& deed, const storage::IncidentRecord& record, Time now) {
    const auto whole = storage::load_incident(tx, deed.into);
    if (whole && is_open(record) && !is_open(*whole)) return Outcome::whole_over;
    if (!whole || !storage::merge_incident(tx, deed.incident, deed.into, deed.by, now))
        return Outcome::bad_target;
    return Outcome::done;
}

void label_false(Transaction& tx, const Deed& deed, const storage::IncidentRecord& record, Time now) {
    const auto time = labelled_time(record, now);
    storage::put_label(
        tx, record.service,
        {.began = time.began, .ended = time.ended, .real = false, .by_whom = deed.by, .made = now});
}

std::string after(const Deed& deed) {
    auto facts = json::object();
    if (deed.act == Act::merge) facts["into"] = deed.into;
    if (deed.act == Act::annotate) facts["note"] = deed.why;
    facts["done"] = to_string(deed.act);
    return facts.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string_view to_string(Act act) {
    switch (act) {
        case Act::acknowledge:
            return "acknowledge";
        case Act::annotate:
            return "annotate";
        case Act::close:
            return "close";
        case Act::merge:
            return "merge";
        case Act::mark_false:
            return "false";
    }
    return "";
}

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::done:
            return "done";
        case Outcome::no_incident:
            return "no_incident";
        case Outcome::no_reason:
            return "no_reason";
        case Outcome::long_reason:
            return "long_reason";
        case Outcome::not_open:
            return "not_open";
        case Outcome::already:
            return "already";
        case Outcome::bad_target:
            return "bad_target";
        case Outcome::whole_over:
            return "whole_over";
    }
    return "";
}

LabelledTime labelled_time(const storage::IncidentRecord& record, Time now) {
    const auto& incident = record.incident;
    const auto ended = is_open(record) ? minute_of(now) : incident.closed;
    return {incident.began, std::max(ended, incident.began + std::chrono::minutes{1})};
}

Outcome act(Transaction& tx, const Deed& deed, Time now) {
    const auto record = storage::load_incident(tx, deed.incident);
    if (!record) return Outcome::no_incident;
    if (deed.why.empty() && deed.act != Act::acknowledge) return Outcome::no_reason;
    if (characters(deed.why) > storage::longest_annotation) return Outcome::long_reason;
    auto outcome = Outcome::done;
    if (deed.act == Act::acknowledge) outcome = acknowledge(tx, deed, *record, now);
    if (deed.act == Act::close) outcome = close(tx, deed, *record, now);
    if (deed.act == Act::merge) outcome = merge(tx, deed, *record, now);
    if (outcome != Outcome::done) return outcome;
    if (deed.act == Act::mark_false) label_false(tx, deed, *record, now);
    if (deed.act == Act::annotate || deed.act == Act::mark_false)
        storage::add_annotation(tx, deed.incident, deed.why, deed.by, now);
    storage::write_audit(tx,
                         {.actor = deed.by,
                          .action = "incident." + std::string(to_string(deed.act)),
                          .object = "incident " + deed.incident + " of " + record->service_slug,
                          .after = after(deed),
                          .why = deed.why},
                         now);
    return Outcome::done;
}

}  // namespace outcry::operators
