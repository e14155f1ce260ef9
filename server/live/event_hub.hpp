// server/live/event_hub.hpp: everyone who listens, each with a bounded queue; a slow one is cut off, the rest
// go on.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace outcry::live {

using Frame = std::shared_ptr<const std::string>;  // one serialised Server-Sent Event

struct Event {
    std::string name;     // "counts", "state", "incident.opened", …
    std::string service;  // slug; empty: for everyone
    std::string data;     // one line of JSON
};

class EventHub {
 public:
    /// `kept` events are remembered for Last-Event-ID; a subscriber more than `queue` frames behind is cut off.
    explicit EventHub(std::size_t kept = 1024, std::size_t queue = 256);
    ~EventHub();

    /// From any thread. Serialises once; the id rises by one with each event.
    void publish(const Event&);

    class Subscription {
     public:
        virtual ~Subscription() = default;
        /// The next frame, a heartbeat comment after 15 s without one, null when the hub has closed or cut this
        /// one off.
        virtual boost::asio::awaitable<Frame> next() = 0;
    };
    /// next() is awaited on `executor`, which must do one thing at a time (a connection's strand). `services`
    /// empty: all. After `last_event_id` the events since are sent first; when they are no longer known, an
    /// event "reset" tells the page to fetch afresh.
    std::unique_ptr<Subscription> subscribe(boost::asio::any_io_executor, std::vector<std::string> services,
                                            std::optional<std::uint64_t> last_event_id);
    std::size_t subscribers() const;
    void close();

 private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace outcry::live
