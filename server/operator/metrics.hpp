// server/operator/metrics.hpp: how this node stands, in the text format that Prometheus reads.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// /api/v1/admin/metrics
std::vector<GuardedRoute> metrics_routes(const Parts&);

}  // namespace outcry::operators
