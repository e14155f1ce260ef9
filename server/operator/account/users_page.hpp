// server/operator/account/users_page.hpp: who may do what: users, and the account of whoever is signed in.
#pragma once
#include <memory>
#include <vector>

#include "server/operator/account/door.hpp"
#include "server/operator/routes.hpp"

namespace outcry::operators {

/// /admin/users and the forms on it: for admins.
std::vector<GuardedRoute> user_routes(const Parts&);
/// /admin/account: one's own password and sessions.
std::vector<GuardedRoute> account_routes(const Parts&, std::shared_ptr<Door>);

}  // namespace outcry::operators
