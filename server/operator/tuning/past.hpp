// server/operator/tuning/past.hpp: a service's last weeks, read once a minute while a value is dragged.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "analytics/chart.hpp"
#include "server/live/pulse.hpp"
#include "server/live/recorded.hpp"

namespace outcry::operators {

inline constexpr std::chrono::minutes tuning_window = std::chrono::days{30};

using Recorded = std::shared_ptr<const live::Recorded>;

/// The recordings asked for last. From any thread; one of 90 days takes half a megabyte.
class RecentPasts {
 public:
    struct Key {
        storage::ServiceId service{};
        std::chrono::minutes window{};
        Minute complete_until{};     // of the board
        std::int64_t catalogue = 0;  // its version: zone and settings
        friend bool operator==(const Key&, const Key&) = default;
    };

    /// Null when it is not kept.
    Recorded find(const Key&) const;
    void keep(const Key&, Recorded);

 private:
    static constexpr std::size_t most = 48;  // a large group of services, once
    mutable std::mutex mutex_;
    std::deque<std::pair<Key, Recorded>> kept_;
};

/// The last `window` of each of these services of `catalogue`, in their order.
boost::asio::awaitable<std::vector<Recorded>> look_back(const live::Pulse&, storage::Database&, RecentPasts&,
                                                        const live::Catalogue&,
                                                        std::vector<const storage::Service*>,
                                                        std::chrono::minutes window);

/// The most reports in any 15 minutes of each three hours, beside what is usual for 15 minutes then.
analytics::Columns peaks_of(const live::Recorded&, const analytics::Expect&);

}  // namespace outcry::operators
