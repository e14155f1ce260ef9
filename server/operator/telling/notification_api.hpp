// server/operator/telling/notification_api.hpp: /api/v1/admin/targets, routes, deliveries, maintenances,
// silences as JSON.
#pragma once
#include <memory>
#include <vector>

#include "server/operator/routes.hpp"
#include "server/operator/tuning/workbench.hpp"

namespace outcry::operators {

/// `bench`: where names are resolved, so that no connection waits for it.
std::vector<GuardedRoute> notification_api(const Parts&, std::shared_ptr<Workbench> bench);
std::vector<GuardedRoute> quiet_api(const Parts&);

/// The number in {id}; 0, which nothing has, for anything else.
std::int64_t id_of(const http::Request&);

}  // namespace outcry::operators
