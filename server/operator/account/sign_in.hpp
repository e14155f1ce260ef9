// server/operator/account/sign_in.hpp: signing in and out, and the links that work once.
#pragma once
#include <memory>
#include <vector>

#include "server/operator/account/door.hpp"
#include "server/operator/routes.hpp"

namespace outcry::operators {

/// /admin/sign-in, /admin/sign-out, /admin/sign-out-everywhere
std::vector<GuardedRoute> sign_in_routes(const Parts&, std::shared_ptr<Door>);

/// /admin/link/{secret}: sets up the first operator, or lets one choose a password.
std::vector<GuardedRoute> link_routes(const Parts&, std::shared_ptr<Door>);

/// 503: too many passwords are being checked at the moment.
http::Response too_busy(const http::Request&, const Parts&);

/// Signs the browser in, inside the transaction; returns the cookie's value. Whoever was signed in with the
/// request's cookie before is not any more.
std::string begin_session(storage::Transaction&, const http::Request&, const Parts&, storage::UserId);
/// To `location`, with the cookie of this session.
http::Response enter(const http::Request&, const Parts&, const std::string& location,
                     const std::string& session);

}  // namespace outcry::operators
