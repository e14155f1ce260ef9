// server/operator/recent.hpp: the last few recordings, so that bins are read once while a value is dragged.
#pragma once
#include <deque>
#include <memory>
#include <mutex>

#include "server/live/recorded.hpp"

namespace outcry::operators {

/// From any thread. A recording of 90 days takes half a megabyte.
class RecentRecordings {
 public:
    struct Key {
        storage::ServiceId service{};
        std::chrono::minutes window{};
        Minute complete_until{};     // of the board
        std::int64_t catalogue = 0;  // its version: zone and settings
        friend bool operator==(const Key&, const Key&) = default;
    };
    using Kept = std::shared_ptr<const live::Recorded>;

    /// Null when it is not kept.
    Kept find(const Key& key) const {
        const std::lock_guard lock{mutex_};
        for (const auto& [known, recorded] : kept_)
            if (known == key) return recorded;
        return nullptr;
    }

    void keep(const Key& key, Kept recorded) {
        const std::lock_guard lock{mutex_};
        kept_.emplace_front(key, std::move(recorded));
        if (kept_.size() > most) kept_.pop_back();
    }

 private:
    static constexpr std::size_t most = 4;
    mutable std::mutex mutex_;
    std::deque<std::pair<Key, Kept>> kept_;
};

}  // namespace outcry::operators
