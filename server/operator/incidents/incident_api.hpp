// server/operator/incidents/incident_api.hpp: acts on incidents for programs.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// POST /api/v1/admin/incidents/{id}/… with {why, into}; into: for a merge alone.
std::vector<GuardedRoute> incident_api(const Parts&);

}  // namespace outcry::operators
