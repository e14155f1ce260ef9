// server/live/rhythm.cpp: one timer, and two flags that only the strand touches.
#include "server/live/rhythm.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace outcry::live {

namespace asio = boost::asio;

Rhythm::Rhythm(asio::any_io_executor executor) : strand_(asio::make_strand(executor)), timer_(strand_) {}

asio::awaitable<void> Rhythm::run(std::chrono::milliseconds every,
                                  std::function<asio::awaitable<bool>()> work) {
    running_ = true;
    while (!stopping_) {
        woken_ = false;
        ++begun_;
        const bool at_once = co_await work();
        ended_ = begun_;
        if (!stopping_ && !at_once && !woken_) co_await pause(every);
    }
    running_ = false;
    timer_.cancel();
}

void Rhythm::wake() {
    woken_ = true;
    timer_.cancel();
}

asio::awaitable<void> Rhythm::once_more(std::chrono::milliseconds patience) {
    const auto wanted = begun_ + 1;
    const auto give_up = std::chrono::steady_clock::now() + patience;
    asio::steady_timer step{strand_};
    wake();
    while (running_ && !stopping_ && ended_ < wanted && std::chrono::steady_clock::now() < give_up) {
        step.expires_after(std::chrono::milliseconds{5});
        co_await step.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> Rhythm::stop() {
    stopping_ = true;
    timer_.cancel();
    while (running_) co_await pause(std::chrono::milliseconds{50});
}

asio::awaitable<void> Rhythm::pause(std::chrono::milliseconds span) {
    boost::system::error_code cancelled;
    timer_.expires_after(span);
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace outcry::live
