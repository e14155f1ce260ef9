// server/storage/postmaster.hpp: keeps one PostgreSQL server running: starts it, starts it again after a crash,
// stops it.
#pragma once
#include <sys/types.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/storage/child.hpp"

namespace outcry::storage {

/// Owns the long-lived thread whose child PostgreSQL is: the kernel tells the child (SIGINT: a fast shutdown)
/// when that thread ends, so a killed Outcry leaves no server behind.
class Postmaster {
 public:
    explicit Postmaster(Child);
    ~Postmaster();  // a fast shutdown, waited for

    /// Its process id, 0 between a crash and the next start.
    pid_t id() const;
    /// How often it has ended without being asked to.
    int crashes() const;

 private:
    void supervise();
    int wait_for_child(std::unique_lock<std::mutex>&);

    const Child child_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    pid_t id_ = 0;
    int crashes_ = 0;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

/// Waits until no server of a former run lives in `data` (an absolute path), asking it to go when it does not
/// on its own. False when it is still there after a minute. The caller owns the state directory.
bool wait_for_former(const std::filesystem::path& data);

}  // namespace outcry::storage
