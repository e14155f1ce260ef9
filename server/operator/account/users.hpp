// server/operator/account/users.hpp: changes to users, each with its line in the audit log; for pages and
// commands.
#pragma once
#include <optional>
#include <string>

#include "server/operator/account/actor.hpp"
#include "server/storage/users.hpp"

namespace outcry::operators {

enum class UserChange { done, unknown, taken, last_admin };

// `by`: as the audit log names who does it; `why` may be empty.

/// A user who has yet to choose a password. `taken`: there is one of that name.
UserChange add_user(storage::Transaction&, const std::string& by, const std::string& name, Role,
                    const std::string& why, Time now);

/// Another role, or `disabled` other than before; whoever is disabled is signed out, and links given to them
/// are no way in, then or later. `last_admin`: nobody could sign in as an admin any more.
UserChange change_user(storage::Transaction&, const std::string& by, storage::UserId, std::optional<Role>,
                       std::optional<bool> disabled, const std::string& why, Time now);

/// "/admin/link/…" for the user of this name to choose a new password; earlier ones end. Nothing when there is
/// none.
std::optional<std::string> give_link(storage::Transaction&, const std::string& by, const std::string& name,
                                     const std::string& why, Time now, Time expires);

}  // namespace outcry::operators
