// server/storage/account.cpp: PostgreSQL refuses to run as root, and rightly so.
#include "server/storage/account.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/storage/cluster.hpp"

namespace outcry::storage {

std::optional<Account> postgres_account() {
    if (geteuid() != 0) return std::nullopt;
    for (const char* name : {"outcry", "postgres"})
        if (const auto* entry = getpwnam(name)) return Account{name, entry->pw_uid, entry->pw_gid};
    throw ClusterError(
        "PostgreSQL does not run as root, and there is no account \"outcry\" or \"postgres\" to run it as: "
        "create one with "
        "`useradd --system outcry`, or start Outcry as another user.");
}

void check_reachable(const std::filesystem::path& folder, const Account& account) {
    std::filesystem::path sofar;
    for (const auto& part : folder) {
        sofar /= part;
        struct stat info {};
        if (stat(sofar.c_str(), &info) != 0) continue;
        const auto wanted = info.st_uid == account.user    ? S_IXUSR
                            : info.st_gid == account.group ? S_IXGRP
                                                           : S_IXOTH;
        if (info.st_mode & wanted) continue;
        throw ClusterError(
            fmt::format("PostgreSQL runs as the account \"{}\", which may not enter {}: choose a state "
                        "directory that it can reach, for "
                        "example /var/lib/outcry, or type `chmod o+x {}`.",
                        account.name, sofar.string(), sofar.string()));
    }
}

}  // namespace outcry::storage
