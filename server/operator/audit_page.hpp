// server/operator/audit_page.hpp: the audit log, to read and to take away.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// /admin/audit with filters, /admin/audit.csv and /admin/audit.ndjson with the same ones.
std::vector<GuardedRoute> audit_routes(const Parts&);

}  // namespace outcry::operators
