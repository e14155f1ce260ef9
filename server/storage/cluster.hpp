// server/storage/cluster.hpp: `database = "auto"`: a private PostgreSQL server under Outcry's state directory.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace outcry::storage {

/// A sentence with the cause and the next step.
struct ClusterError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct ClusterOptions {
    std::filesystem::path state;  // made if missing; the server lives in state/postgresql
    bool sync = true;  // false: commits survive no power cut; for tests that ask nothing about durability
};

/// Made on first use with checksums on, reached by a Unix socket alone, run as an unprivileged account when we
/// are root, started again when it crashes, and stopped cleanly at the end. One process owns a state directory
/// at a time.
class Cluster {
 public:
    /// Returns when the server answers. Throws ClusterError.
    explicit Cluster(ClusterOptions);
    ~Cluster();

    /// For DatabaseOptions::dsn; a superuser of this server, so set a role for serving.
    std::string dsn() const;

    /// Process id of the server, 0 between a crash and its next start.
    pid_t process() const;
    int crashes() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::storage
