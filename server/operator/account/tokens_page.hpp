// server/operator/account/tokens_page.hpp: tokens of programs: made and shown once, listed, revoked.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// /admin/tokens and the forms on it: for admins.
std::vector<GuardedRoute> token_routes(const Parts&);

}  // namespace outcry::operators
