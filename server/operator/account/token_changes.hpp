// server/operator/account/token_changes.hpp: tokens made and revoked, each with its line in the audit log.
#pragma once
#include <string>

#include "server/storage/tokens.hpp"

namespace outcry::operators {

/// `by`: as the audit log names who does it; `why` may be empty. False when a token of that name is in force.
bool create_token(storage::Transaction&, const std::string& by, const storage::StoredToken&,
                  const std::string& why, Time now);

/// False when no token of that name is in force.
bool revoke_token(storage::Transaction&, const std::string& by, const std::string& name, const std::string& why,
                  Time now);

}  // namespace outcry::operators
