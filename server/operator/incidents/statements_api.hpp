// server/operator/incidents/statements_api.hpp: the provider's statements for programs.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// GET and POST /api/v1/admin/services/{slug}/statements, PUT …/statements/source.
std::vector<GuardedRoute> statement_api(const Parts&);

}  // namespace outcry::operators
