// server/storage/state_lock.hpp: one process owns a state directory at a time.
#pragma once
#include <filesystem>

namespace outcry::storage {

/// Held until destroyed or until the process ends, however it ends.
class StateLock {
 public:
    /// Throws ClusterError, naming the process that holds it.
    explicit StateLock(const std::filesystem::path& state);
    ~StateLock();
    StateLock(const StateLock&) = delete;

 private:
    int file_ = -1;
};

}  // namespace outcry::storage
