// server/operator/account/link.hpp: addresses that work once: to set up the first operator, or to choose a
// password.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "server/storage/users.hpp"

namespace outcry::operators {

inline constexpr std::chrono::hours link_lasts{24};  // of real time

/// "/admin/link/…" for whoever sets up this installation, with its line in the audit log; earlier ones end.
/// Nothing when there is a user already.
std::optional<std::string> make_setup_link(storage::Transaction&, const std::string& by, Time now,
                                           Time expires);
/// The same for a user to choose a password, without a line; earlier ones of this user end.
std::string make_password_link(storage::Transaction&, storage::UserId, Time now, Time expires);

/// "http://localhost:8080" of a listening address, unless people see another.
std::string base_address(const std::string& public_url, const std::string& listen_address, int port,
                         const std::string& base_path);

}  // namespace outcry::operators
