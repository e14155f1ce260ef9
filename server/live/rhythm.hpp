// server/live/rhythm.hpp: does the same piece of work again and again on a strand of its own, until it is told
// to stop.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstdint>
#include <functional>

namespace outcry::live {

class Rhythm {
 public:
    using Strand = boost::asio::strand<boost::asio::any_io_executor>;

    explicit Rhythm(boost::asio::any_io_executor);
    const Strand& strand() const { return strand_; }

    /// `work` returns true when it wants to go on at once instead of after `every`; it must not throw. Returns
    /// after stop(); must be awaited on the strand.
    boost::asio::awaitable<void> run(std::chrono::milliseconds every,
                                     std::function<boost::asio::awaitable<bool>()> work);

    /// The pause that is under way, or the next one, is over at once. On the strand.
    void wake();

    /// Wakes, and returns when work has ended that began after this call; at once when run() is not running,
    /// and after `patience` at the latest. Must be awaited on the strand.
    boost::asio::awaitable<void> once_more(std::chrono::milliseconds patience);

    /// Returns when run() has. Must be awaited on the strand.
    boost::asio::awaitable<void> stop();

 private:
    boost::asio::awaitable<void> pause(std::chrono::milliseconds);

    Strand strand_;
    boost::asio::steady_timer timer_;
    bool running_ = false, stopping_ = false, woken_ = false;
    std::uint64_t begun_ = 0, ended_ = 0;  // pieces of work
};

}  // namespace outcry::live
