// server/http/session_registry.cpp: every open session, with the moment by which it must have moved on.
#include "server/http/session_registry.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <vector>

namespace outcry::http {

SessionRegistry::Entry::Entry(SessionRegistry& registry, int socket, std::function<void()> end_stream)
    : registry_(registry), socket_(socket), end_stream_(std::move(end_stream)) {
    const std::lock_guard lock(registry_.mutex_);
    registry_.entries_.insert(this);
}

SessionRegistry::Entry::~Entry() {
    const std::lock_guard lock(registry_.mutex_);
    registry_.entries_.erase(this);
}

void SessionRegistry::Entry::enter(Phase phase, Clock::duration most) {
    const auto never = Clock::duration::max();
    const auto deadline = most == never ? never : Clock::now().time_since_epoch() + most;
    deadline_.store(deadline.count(), std::memory_order_relaxed);
    phase_.store(phase, std::memory_order_relaxed);
}

std::size_t SessionRegistry::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void SessionRegistry::sweep(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    for (const auto* entry : entries_) {
        if (entry->deadline_.load(std::memory_order_relaxed) < now.time_since_epoch().count()) {
            ::shutdown(entry->socket_, SHUT_RDWR);
        }
    }
}

void SessionRegistry::end_abandoned_streams() {
    const std::lock_guard lock(mutex_);
    std::vector<pollfd> sockets;
    std::vector<const Entry*> streaming;
    for (const auto* entry : entries_) {
        if (entry->phase_.load(std::memory_order_relaxed) != Phase::streaming) continue;
        sockets.push_back({entry->socket_, POLLRDHUP, 0});
        streaming.push_back(entry);
    }
    if (sockets.empty() || ::poll(sockets.data(), sockets.size(), 0) <= 0) return;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        if (sockets[i].revents != 0) streaming[i]->end_stream_();
    }
}

void SessionRegistry::end_waiting() {
    const std::lock_guard lock(mutex_);
    for (const auto* entry : entries_) {
        const auto phase = entry->phase_.load(std::memory_order_relaxed);
        if (phase == Phase::idle) ::shutdown(entry->socket_, SHUT_RDWR);
        if (phase == Phase::streaming) entry->end_stream_();
    }
}

void SessionRegistry::end_all() {
    const std::lock_guard lock(mutex_);
    for (const auto* entry : entries_) {
        ::shutdown(entry->socket_, SHUT_RDWR);
        entry->end_stream_();
    }
}

}  // namespace outcry::http
