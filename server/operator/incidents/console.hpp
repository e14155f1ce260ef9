// server/operator/incidents/console.hpp: what an operator sees first, and what can be done to an incident.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// /admin
std::vector<GuardedRoute> console_routes(const Parts&);

/// /admin/incidents/{id} with its forms.
std::vector<GuardedRoute> incident_routes(const Parts&);

}  // namespace outcry::operators
