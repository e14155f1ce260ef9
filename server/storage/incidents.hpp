// server/storage/incidents.hpp: the permanent record of incidents, written with the outbox rows of their
// notifications.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analytics/board.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

using IncidentId = std::string;  // UUIDv7, as text

struct IncidentRecord {
    IncidentId id;
    ServiceId service{};
    analytics::Incident incident;
    std::int32_t settings_version = 1;
};

/// Stores one transition: opens, updates or closes the incident of its service and adds the outbox row, in this
/// transaction. Doing the same transition twice changes nothing the second time. Returns the record, if there
/// is one.
std::optional<IncidentRecord> record_transition(Transaction&, const analytics::Transition&,
                                                std::int32_t settings_version, Time now);

struct IncidentFilter {
    std::optional<ServiceId> service{};
    std::optional<bool> open{};
    std::optional<Time> since{};         // open at this time or later
    std::optional<IncidentId> before{};  // cursor: incidents opened before this one
    int limit = 50;
};
/// Newest first.
std::vector<IncidentRecord> load_incidents(Transaction&, const IncidentFilter&);
std::optional<IncidentRecord> load_incident(Transaction&, const IncidentId&);

}  // namespace outcry::storage
