// server/live/day_sums.hpp: sums up each day once it is over, an hour of bins at a time, so that counting never
// waits long.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>

#include "server/storage/database.hpp"
#include "server/storage/days.hpp"

namespace outcry::live {

/// For the node that counts. What is half done at a stop is begun again.
class DaySums {
 public:
    /// A bounded piece of the days that ended before `complete_until`; nothing when all are summed up. Asks the
    /// database only once an hour whether there is something to do.
    boost::asio::awaitable<void> work(storage::Database&, Minute complete_until);

 private:
    boost::asio::awaitable<void> begin(storage::Database&, Minute complete_until);

    std::optional<storage::Day> day_;  // that is being summed up
    Minute next_{};                    // hour of it to read
    storage::QuartersOfServices sums_;
    std::chrono::sys_time<std::chrono::hours> asked_{};
};

}  // namespace outcry::live
