// server/live/day_sums.cpp: read 24 hours, write the services some thousands at a time, go on to the next day.
#include "server/live/day_sums.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using std::chrono::hours;

namespace {
constexpr std::ptrdiff_t services_at_a_time = 4000;
}

asio::awaitable<void> DaySums::begin(storage::Database& database, Minute complete_until) {
    const auto hour = std::chrono::floor<hours>(complete_until);
    if (hour == asked_) co_return;
    const auto progress = co_await database.transact(storage::load_days_progress);
    const auto first = progress.until ? progress.until : progress.first_bin;
    if (!first || storage::start_of(*first + 1) > complete_until) {
        asked_ = hour;
        co_return;
    }
    day_ = *first;
    next_ = storage::start_of(*day_);
    sums_.clear();
}

asio::awaitable<void> DaySums::work(storage::Database& database, Minute complete_until) {
    if (!day_) co_await begin(database, complete_until);
    if (!day_) co_return;
    const Minute end = storage::start_of(*day_ + 1);
    if (next_ < end) {
        auto read = [this](storage::Transaction& tx) {
            storage::QuartersOfServices more;
            storage::add_quarters(tx, next_, next_ + hours{1}, more);
            return more;
        };
        for (const auto& [service, quarters] : co_await database.transact(read))
            for (std::size_t i = 0; i < quarters.size(); ++i) sums_[service][i] += quarters[i];
        next_ += hours{1};
        co_return;
    }
    auto last = sums_.begin();
    for (std::ptrdiff_t i = 0; i < services_at_a_time && last != sums_.end(); ++i) ++last;
    auto write = [&](storage::Transaction& tx) {
        storage::write_days(tx, *day_, sums_.begin(), last);
        if (last == sums_.end()) storage::set_days_until(tx, *day_ + 1);
    };
    co_await database.transact(write);
    const bool all = last == sums_.end();
    sums_.erase(sums_.begin(), last);
    if (all) day_.reset();
}

}  // namespace outcry::live
