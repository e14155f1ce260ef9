// server/storage/tokens.hpp: operators' tokens as they are kept: a name, a hash, what it may do.
#pragma once
#include <string>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

struct StoredToken {
    std::string name;
    std::string hash;  // 32 bytes
    std::vector<std::string> scopes;
    Time made{};
};

/// Those in force, oldest first.
std::vector<StoredToken> load_tokens(Transaction&);
/// False when a token of that name is in force; `name` is 1 to 64 visible characters.
bool put_token(Transaction&, const StoredToken&);
/// False when no token of that name is in force.
bool revoke_token(Transaction&, const std::string& name, Time now);

}  // namespace outcry::storage
