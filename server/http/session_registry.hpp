// server/http/session_registry.hpp: every open session, with the moment by which it must have moved on.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <unordered_set>

namespace outcry::http {

/// Ends late sessions from outside by shutting their sockets down: the session sees the end of its stream and
/// leaves by itself. One sweep for all of them costs less than a timer for each read and write. Safe from any
/// thread.
class SessionRegistry {
 public:
    using Clock = std::chrono::steady_clock;
    enum class Phase { idle, receiving, answering, streaming };

    /// Lives in the session's frame, destroyed before the socket is closed.
    class Entry {
     public:
        /// `end_stream` is called from any thread, at most until the entry is destroyed.
        Entry(SessionRegistry&, int socket, std::function<void()> end_stream);
        ~Entry();
        Entry(const Entry&) = delete;

        /// From now on in this phase, for at most this long.
        void enter(Phase, Clock::duration most = Clock::duration::max());

     private:
        friend class SessionRegistry;
        SessionRegistry& registry_;
        int socket_;
        std::function<void()> end_stream_;
        std::atomic<Phase> phase_{Phase::idle};
        std::atomic<Clock::rep> deadline_{Clock::duration::max().count()};
    };

    std::size_t size() const;
    /// Shuts down every session whose time is over.
    void sweep(Clock::time_point now);
    /// Ends streams whose clients have gone: a stream only writes, and would not notice before its next frame
    /// but one.
    void end_abandoned_streams();
    /// Shuts down sessions that wait for a request, ends streams, leaves the others to finish.
    void end_waiting();
    void end_all();

    /// Once set, a session closes after the answer it is giving.
    bool draining() const { return draining_.load(std::memory_order_relaxed); }
    void drain() { draining_.store(true, std::memory_order_relaxed); }

 private:
    mutable std::mutex mutex_;
    std::unordered_set<Entry*> entries_;
    std::atomic<bool> draining_{false};
};

}  // namespace outcry::http
