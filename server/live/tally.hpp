// server/live/tally.hpp: the one counter: takes the journal away and writes reports and bins, exactly once.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "server/live/clock.hpp"
#include "server/storage/database.hpp"

namespace outcry::live {

struct TallyOptions {
    std::chrono::milliseconds every{250};  // real time between cycles
    std::chrono::milliseconds grace{
        2'000};  // a minute is complete this long after its end (of the clock), journal drained
    std::size_t cycle_bytes = 2 << 20;          // most journal bytes of one cycle
    std::chrono::milliseconds patience{2'000};  // real time for which another node may leave work undone
};

/// One tallies at a time: the epoch row it locks is the fence. Many nodes may run one each; while one of them
/// counts, the others only look whether it goes on.
class Tally {
 public:
    Tally(boost::asio::any_io_executor, storage::Database&, const Clock&, TallyOptions = {});
    ~Tally();

    /// One cycle in one transaction; true when something was counted or a minute was completed. Memory is
    /// dropped and read afresh after any failure, and when another node has counted in between. Not beside
    /// run().
    boost::asio::awaitable<bool> cycle();

    /// Cycles until stop(), and once an hour removes what has been kept long enough.
    boost::asio::awaitable<void> run();
    /// Returns when run() has.
    boost::asio::awaitable<void> stop();

 private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace outcry::live
