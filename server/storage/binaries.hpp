// server/storage/binaries.hpp: where the PostgreSQL programs of the right version are.
#pragma once
#include <filesystem>
#include <string>

namespace outcry::storage {

struct Binaries {
    std::filesystem::path folder;  // holds initdb and postgres
    std::string version;           // "15"
};

/// The version that made `data`, or the newest one when there is no data yet. Throws ClusterError.
Binaries find_binaries(const std::filesystem::path& data);

}  // namespace outcry::storage
