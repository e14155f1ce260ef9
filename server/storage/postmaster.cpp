// server/storage/postmaster.cpp: a thread that waits for its child.
#include "server/storage/postmaster.hpp"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>

namespace outcry::storage {

using namespace std::chrono_literals;

namespace {

/// True while any process, server or backend, lives in that folder: PostgreSQL's all do. The dead do not.
bool is_in_use(const std::filesystem::path& data) {
    std::error_code none;
    for (const auto& process : std::filesystem::directory_iterator{"/proc", none}) {
        const auto folder = std::filesystem::read_symlink(process.path() / "cwd", none);
        if (!none && folder == data) return true;
    }
    return false;
}

}  // namespace

Postmaster::Postmaster(Child child) : child_(std::move(child)), thread_([this] { supervise(); }) {}

Postmaster::~Postmaster() {
    std::unique_lock lock{mutex_};
    stopping_ = true;
    changed_.notify_all();
    if (id_ != 0) kill(id_, SIGINT);
    if (!changed_.wait_for(lock, 30s, [this] { return id_ == 0; })) {
        spdlog::warn(
            "PostgreSQL did not stop within 30 s and is told to stop at once; it will recover at the next "
            "start");
        kill(id_, SIGQUIT);
    }
    lock.unlock();
    thread_.join();
}

pid_t Postmaster::id() const {
    const std::lock_guard lock{mutex_};
    return id_;
}

int Postmaster::crashes() const {
    const std::lock_guard lock{mutex_};
    return crashes_;
}

void Postmaster::supervise() {
    std::unique_lock lock{mutex_};
    for (int in_vain = 0; !stopping_;) {
        const auto started = std::chrono::steady_clock::now();
        try {
            id_ = start(child_);
        } catch (const std::exception& error) {
            spdlog::error("PostgreSQL cannot be started: {}", error.what());
        }
        const int status = id_ != 0 ? wait_for_child(lock) : -1;
        if (stopping_) return;
        ++crashes_;
        // After a crash its backends may still be going; a server that comes too early says so and ends, and
        // the next one comes soon.
        in_vain = std::chrono::steady_clock::now() - started > 2s ? 0 : in_vain + 1;
        if (in_vain % 50 == 0)
            spdlog::warn("PostgreSQL ended by itself (status {}) and is started again", status);
        changed_.wait_for(lock, in_vain < 100 ? 100ms : 1s, [this] { return stopping_; });
    }
}

int Postmaster::wait_for_child(std::unique_lock<std::mutex>& lock) {
    const auto id = id_;
    lock.unlock();
    siginfo_t ended{};
    while (waitid(P_PID, static_cast<id_t>(id), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    lock.lock();  // from here on nobody signals this id any more, so that it may be given back
    const int status = wait_for(id);
    id_ = 0;
    changed_.notify_all();
    return status;
}

bool wait_for_former(const std::filesystem::path& data) {
    const auto lock_file = data / "postmaster.pid";
    pid_t id = 0;
    std::ifstream{lock_file} >> id;
    for (int tenths = 0; is_in_use(data); ++tenths) {
        if (tenths == 0)
            spdlog::info("waiting for the PostgreSQL server of a former run (process {}) to stop", id);
        if (tenths == 30 && id > 0) kill(id, SIGINT);
        if (tenths == 300 && id > 0) kill(id, SIGQUIT);
        if (tenths == 600) return false;
        std::this_thread::sleep_for(100ms);
    }
    // Its number may belong to someone else by now, or to a dead process that nobody has collected; PostgreSQL
    // would take either for a running server and never start.
    if (id > 0 && kill(id, 0) == 0) std::filesystem::remove(lock_file);
    return true;
}

}  // namespace outcry::storage
