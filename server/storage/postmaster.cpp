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
    while (!stopping_) {
        try {
            id_ = start(child_);
        } catch (const std::exception& error) {
            spdlog::error("PostgreSQL cannot be started: {}", error.what());
        }
        if (id_ != 0) {
            const auto id = id_;
            lock.unlock();
            siginfo_t ended{};
            while (waitid(P_PID, static_cast<id_t>(id), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
            }
            lock.lock();  // from here on nobody signals this id any more, so that it may be given back
            const int status = wait_for(id);
            id_ = 0;
            changed_.notify_all();
            if (stopping_) return;
            spdlog::warn("PostgreSQL ended by itself (status {}) and is started again", status);
        }
        ++crashes_;
        // Its backends may still be going; a server that comes too early says so and ends, and the next one
        // comes soon.
        changed_.wait_for(lock, 100ms, [this] { return stopping_; });
    }
}

bool wait_for_former(const std::filesystem::path& data) {
    pid_t id = 0;
    std::ifstream{data / "postmaster.pid"} >> id;
    const auto runs = [&] {
        std::error_code none;
        const auto folder = std::filesystem::read_symlink("/proc/" + std::to_string(id) + "/cwd", none);
        return id > 0 && !none && std::filesystem::equivalent(folder, data, none);
    };
    for (int tenths = 0; runs(); ++tenths) {
        if (tenths == 0)
            spdlog::info("waiting for the PostgreSQL server of a former run (process {}) to stop", id);
        if (tenths == 30) kill(id, SIGINT);
        if (tenths == 300) kill(id, SIGQUIT);
        if (tenths == 600) return false;
        std::this_thread::sleep_for(100ms);
    }
    return true;
}

}  // namespace outcry::storage
