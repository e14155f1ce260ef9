// server/storage/state_lock.cpp: flock, because the kernel lets go of it whatever happens to us.
#include "server/storage/state_lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "server/storage/cluster.hpp"

namespace outcry::storage {

StateLock::StateLock(const std::filesystem::path& state) {
    const auto path = state / "lock";
    file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0)
        throw ClusterError(
            fmt::format("The state directory {} cannot be written to ({}): choose another one, with state_dir "
                        "in the configuration or OUTCRY_STATE_DIR.",
                        state.string(), std::strerror(errno)));
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
        std::string holder = "unknown";
        std::ifstream{path} >> holder;
        close(file_);
        throw ClusterError(
            fmt::format("Another Outcry (process {}) uses the state directory {}: stop it, or choose another "
                        "one with state_dir in the configuration or OUTCRY_STATE_DIR.",
                        holder, state.string()));
    }
    const auto id = std::to_string(getpid()) + "\n";
    if (ftruncate(file_, 0) != 0 || write(file_, id.data(), id.size()) < 0) {
        // The number only makes the message above clearer.
    }
}

StateLock::~StateLock() {
    close(file_);
}

}  // namespace outcry::storage
