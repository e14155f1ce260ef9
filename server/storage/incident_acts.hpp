// server/storage/incident_acts.hpp: what operators decide about incidents: to end one, to tell it as a part of
// another.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "server/storage/incidents.hpp"

namespace outcry::storage {

/// The incident of `service` that is open when the bins before `since` have been judged ends there.
struct Closing {
    ServiceId service{};
    Minute since{};
};
/// Those at `from` or later, in order of time.
std::vector<Closing> load_closings(Transaction&, Minute from);

/// Every board ends the incident when it has judged the minute that is running now; until then it is open.
/// False when it is not open, or is ending already.
bool end_incident(Transaction&, const IncidentId&, const std::string& by, Time now);

/// With its news, while `part` is open. False when one of them does not exist, when they are the same, when
/// `into` is itself a part or is over while `part` is open, or `part` has parts.
bool merge_incident(Transaction&, const IncidentId& part, const IncidentId& into, const std::string& by,
                    Time now);

struct IncidentActs {
    std::optional<Minute> ends{};      // by hand
    std::optional<IncidentId> into{};  // what it is a part of
};
/// One for each of those incidents.
std::map<IncidentId, IncidentActs> load_acts(Transaction&, const std::vector<IncidentId>&);
IncidentActs load_acts(Transaction&, const IncidentId&);

}  // namespace outcry::storage
