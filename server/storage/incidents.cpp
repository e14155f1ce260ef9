// server/storage/incidents.cpp: recorded once, however often and by however many nodes the same change is seen.
#include "server/storage/incidents.hpp"

#include <stdexcept>

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/new_id.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

using analytics::Incident;
using analytics::Phase;
using analytics::State;
using analytics::Transition;

State state_from(const std::string& name) {
    for (const auto state :
         {State::insufficient_data, State::normal, State::possible, State::spike, State::recovering})
        if (analytics::to_string(state) == name) return state;
    throw std::runtime_error("unknown state " + name);
}

IncidentRecord record_from(const pqxx::row& row) {
    IncidentRecord record{.id = text_from(row[0]), .service = row[1].as<ServiceId>(), .incident = {}};
    record.settings_version = row[2].as<std::int32_t>();
    auto& incident = record.incident;
    incident.began = minute_from(row[3]);
    incident.opened = minute_from(row[4]);
    incident.closed = maybe_minute_from(row[5]).value_or(Minute{});
    incident.phase = row[5].is_null() ? Phase::open : Phase::closed;
    incident.peak = row[6].as<std::uint32_t>();
    incident.peak_at = minute_from(row[7]);
    incident.total = row[8].as<std::uint64_t>();
    incident.reasons = {.until = minute_from(row[9]),
                        .state = state_from(text_from(row[10])),
                        .observed = row[11].as<std::uint32_t>(),
                        .expected = row[12].as<double>(),
                        .low = row[13].as<double>(),
                        .high = row[14].as<double>(),
                        .score = row[15].as<double>(),
                        .threshold = row[16].as<double>(),
                        .since = minute_from(row[17]),
                        .reports_since = row[18].as<std::uint64_t>(),
                        .last_hour = row[19].as<std::uint32_t>()};
    return record;
}

std::optional<IncidentRecord> first_of(const pqxx::result& rows) {
    if (rows.empty()) return std::nullopt;
    return record_from(rows[0]);
}

/// The moment of closing as a parameter: null while open.
struct Closed {
    explicit Closed(const Incident& incident) : text(std::to_string(seconds(incident.closed))) {
        if (incident.phase == Phase::closed) value = text.c_str();
    }
    std::string text;
    const char* value = nullptr;
};

/// True when this opening was not known before.
bool insert_incident(Transaction& tx, const Transition& transition, std::int32_t settings_version) {
    const auto& incident = transition.incident;
    const auto& why = incident.reasons;
    const Closed closed{incident};
    return tx.exec(sql::open_incident, new_id(incident.opened), transition.service, settings_version,
                   seconds(incident.began), seconds(incident.opened), closed.value, seconds(transition.at),
                   incident.peak, seconds(incident.peak_at), incident.total, seconds(why.until),
                   std::string{analytics::to_string(why.state)}, why.observed, exact(why.expected),
                   exact(why.low), exact(why.high), exact(why.score), exact(why.threshold), seconds(why.since),
                   why.reports_since, why.last_hour)
               .affected_rows() == 1;
}

/// False when this change, or a later one, was known before.
bool revise(Transaction& tx, const Transition& transition) {
    const auto& incident = transition.incident;
    const Closed closed{incident};
    return tx.exec(sql::revise_incident, transition.service, seconds(incident.opened), seconds(transition.at),
                   closed.value, incident.peak, seconds(incident.peak_at), incident.total)
               .affected_rows() == 1;
}

}  // namespace

std::optional<IncidentRecord> record_transition(Transaction& tx, const Transition& transition,
                                                std::int32_t settings_version, Time now) {
    const auto& incident = transition.incident;
    if (incident.phase != Phase::open && incident.phase != Phase::closed) return std::nullopt;
    const bool changed = transition.opened || transition.updated || transition.closed;
    // An incident that opened before anything was recorded is put in as it stands, without news of its opening.
    const bool fresh = changed && insert_incident(tx, transition, settings_version);
    const bool revised = changed && !fresh && revise(tx, transition);
    auto record =
        first_of(tx.exec(sql::load_incident_by_opening, transition.service, seconds(incident.opened)));
    if (record && (revised || (fresh && transition.opened))) {
        const auto* kind = transition.opened   ? "incident.opened"
                           : transition.closed ? "incident.closed"
                                               : "incident.updated";
        tx.exec(sql::add_to_outbox, new_id(now), kind, record->id, seconds(transition.at), millis(now));
    }
    return record;
}

std::vector<IncidentRecord> load_incidents(Transaction& tx, const IncidentFilter& filter) {
    const auto service = filter.service ? std::to_string(*filter.service) : std::string{};
    const auto since = filter.since ? std::to_string(millis(*filter.since)) : std::string{};
    const char* const open = filter.open ? *filter.open ? "t" : "f" : nullptr;
    const auto rows = tx.exec(sql::load_incidents, filter.service ? service.c_str() : nullptr, open,
                              filter.since ? since.c_str() : nullptr,
                              filter.before ? filter.before->c_str() : nullptr, filter.limit);
    std::vector<IncidentRecord> records;
    for (const auto& row : rows) records.push_back(record_from(row));
    return records;
}

std::optional<IncidentRecord> load_incident(Transaction& tx, const IncidentId& id) {
    try {
        uuid_from(id);
    } catch (const std::invalid_argument&) {
        return std::nullopt;  // no incident has such an id
    }
    return first_of(tx.exec(sql::load_incident, id));
}

}  // namespace outcry::storage
