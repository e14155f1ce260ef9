// server/storage/account.hpp: the unprivileged account that PostgreSQL runs as when Outcry was started as root.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace outcry::storage {

struct Account {
    std::string name;
    uid_t user = 0;
    gid_t group = 0;
};

/// `outcry` if there is such an account, else `postgres`; nothing when we are not root and so run it as
/// ourselves. Throws ClusterError when there is neither.
std::optional<Account> postgres_account();

/// Throws ClusterError, naming the folder that is in the way, unless `account` can come to `folder`.
void check_reachable(const std::filesystem::path& folder, const Account& account);

}  // namespace outcry::storage
