// server/live/event_hub.cpp: frames are serialised once and shared; one small mutex stands round all queues.
#include "server/live/event_hub.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <mutex>
#include <random>

namespace outcry::live {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds heartbeat_after{15};

const Frame& heartbeat() {
    static const auto frame = std::make_shared<const std::string>(":\n\n");
    return frame;
}

Frame serialise(std::uint64_t id, const std::string& name, const std::string& data) {
    return std::make_shared<const std::string>("id: " + std::to_string(id) + "\nevent: " + name +
                                               "\ndata: " + data + "\n\n");
}

/// Ids of another run or another node must not look like ours, or a reconnecting page would miss events.
std::uint64_t first_id() {
    std::random_device random;
    return (std::uint64_t{random()} << 16) + 1;  // below 2^53, so that JavaScript can read it too
}

/// The queue of one subscriber; everything but the timer is guarded by the hub's mutex.
struct Queue {
    Queue(asio::any_io_executor executor, std::vector<std::string> wanted)
        : timer(executor), services(std::move(wanted)) {}

    bool wants(const std::string& service) const {
        return services.empty() || service.empty() ||
               std::find(services.begin(), services.end(), service) != services.end();
    }

    asio::steady_timer timer;
    const std::vector<std::string> services;
    std::deque<Frame> frames;
    bool waiting = false, ended = false;
};

struct Kept {
    std::uint64_t id;
    std::string service;
    Frame frame;
};

}  // namespace

struct EventHub::Impl {
    Impl(std::size_t most_kept, std::size_t most_queued) : kept_limit(most_kept), queue_limit(most_queued) {}

    void put(const std::shared_ptr<Queue>& queue, const Frame& frame) {
        if (queue->frames.size() >= queue_limit) {
            queue->frames.clear();
            queue->ended = true;
        } else {
            queue->frames.push_back(frame);
        }
        wake(queue);
    }

    /// The timer belongs to the subscriber's strand, so it is cancelled there: after the wait has begun.
    static void wake(const std::shared_ptr<Queue>& queue) {
        if (!queue->waiting) return;
        queue->waiting = false;
        asio::post(queue->timer.get_executor(), [queue] { queue->timer.cancel(); });
    }

    const std::size_t kept_limit, queue_limit;
    mutable std::mutex mutex;
    std::uint64_t next_id = first_id();
    std::deque<Kept> kept;
    std::vector<std::shared_ptr<Queue>> queues;
    bool closed = false;
};

namespace {

class Listener : public EventHub::Subscription {
 public:
    Listener(std::shared_ptr<Queue> queue, std::mutex& mutex, std::function<void()> leave)
        : queue_(std::move(queue)), mutex_(mutex), leave_(std::move(leave)) {}
    ~Listener() override { leave_(); }

    asio::awaitable<Frame> next() override {
        if (auto frame = take()) co_return *frame;
        boost::system::error_code cancelled;
        queue_->timer.expires_after(heartbeat_after);
        co_await queue_->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (auto frame = take()) co_return *frame;
        co_return heartbeat();
    }

 private:
    /// The next frame, null at the end, nothing when one has to wait.
    std::optional<Frame> take() {
        const std::lock_guard lock{mutex_};
        queue_->waiting = false;
        if (!queue_->frames.empty()) {
            auto frame = std::move(queue_->frames.front());
            queue_->frames.pop_front();
            return frame;
        }
        if (queue_->ended) return Frame{};
        queue_->waiting = true;
        return std::nullopt;
    }

    std::shared_ptr<Queue> queue_;
    std::mutex& mutex_;
    std::function<void()> leave_;
};

}  // namespace

EventHub::EventHub(std::size_t kept, std::size_t queue) : impl_(std::make_shared<Impl>(kept, queue)) {}
EventHub::~EventHub() = default;

void EventHub::publish(const Event& event) {
    const std::lock_guard lock{impl_->mutex};
    const auto id = impl_->next_id++;
    const auto frame = serialise(id, event.name, event.data);
    impl_->kept.push_back({id, event.service, frame});
    if (impl_->kept.size() > impl_->kept_limit) impl_->kept.pop_front();
    for (const auto& queue : impl_->queues)
        if (!queue->ended && queue->wants(event.service)) impl_->put(queue, frame);
}

std::unique_ptr<EventHub::Subscription> EventHub::subscribe(asio::any_io_executor executor,
                                                            std::vector<std::string> services,
                                                            std::optional<std::uint64_t> last_event_id) {
    auto queue = std::make_shared<Queue>(executor, std::move(services));
    const std::lock_guard lock{impl_->mutex};
    queue->ended = impl_->closed;
    if (last_event_id) {
        const auto oldest = impl_->next_id - impl_->kept.size();
        const bool known = *last_event_id + 1 >= oldest && *last_event_id < impl_->next_id;
        for (const auto& kept : impl_->kept)
            if (known && kept.id > *last_event_id && queue->wants(kept.service))
                queue->frames.push_back(kept.frame);
        if (!known || queue->frames.size() > impl_->queue_limit)
            queue->frames = {serialise(impl_->next_id - 1, "reset", "{}")};
    }
    impl_->queues.push_back(queue);
    auto leave = [impl = impl_, queue] {
        const std::lock_guard guard{impl->mutex};
        std::erase(impl->queues, queue);
    };
    return std::make_unique<Listener>(queue, impl_->mutex, std::move(leave));
}

std::size_t EventHub::subscribers() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->queues.size();
}

void EventHub::close() {
    const std::lock_guard lock{impl_->mutex};
    impl_->closed = true;
    for (const auto& queue : impl_->queues) {
        queue->ended = true;
        Impl::wake(queue);
    }
}

}  // namespace outcry::live
