// server/storage/binaries.cpp: Debian keeps each version in a folder of its own.
#include "server/storage/binaries.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "server/storage/cluster.hpp"

namespace outcry::storage {

namespace fs = std::filesystem;

Binaries find_binaries(const fs::path& data) {
    std::map<int, fs::path> installed;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql", none}) {
        const int version = std::atoi(entry.path().filename().c_str());
        if (fs::exists(entry.path() / "bin" / "initdb")) installed[version] = entry.path() / "bin";
    }
    if (installed.empty())
        throw ClusterError(
            "There is no PostgreSQL server on this machine (nothing under /usr/lib/postgresql): type `apt-get "
            "install "
            "postgresql`, or name a server that exists with `database` in the configuration.");

    int wanted = installed.rbegin()->first;
    if (std::ifstream file{data / "PG_VERSION"}) file >> wanted;
    const auto found = installed.find(wanted);
    if (found == installed.end())
        throw ClusterError(
            fmt::format("The data in {} was made by PostgreSQL {}, which is no longer installed: type `apt-get "
                        "install postgresql-{}`, or "
                        "bring the data over with pg_upgrade.",
                        data.string(), wanted, wanted));
    return {found->second, std::to_string(wanted)};
}

}  // namespace outcry::storage
