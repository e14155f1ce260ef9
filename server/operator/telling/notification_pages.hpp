// server/operator/telling/notification_pages.hpp: /admin/notifications and /admin/quiet; they work without
// scripts.
#pragma once
#include <memory>
#include <vector>

#include "server/operator/routes.hpp"
#include "server/operator/tuning/workbench.hpp"

namespace outcry::operators {

/// Targets, what they hear of, and what was sent. `bench`: where names are resolved.
std::vector<GuardedRoute> notification_pages(const Parts&, std::shared_ptr<Workbench> bench);
/// One target.
std::vector<GuardedRoute> target_pages(const Parts&, std::shared_ptr<Workbench> bench);
/// One line of what a target hears of.
std::vector<GuardedRoute> route_pages(const Parts&);
/// One message with every attempt at it.
std::vector<GuardedRoute> delivery_pages(const Parts&);
/// Maintenance and silences.
std::vector<GuardedRoute> quiet_pages(const Parts&);

}  // namespace outcry::operators
