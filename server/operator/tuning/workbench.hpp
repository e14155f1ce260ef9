// server/operator/tuning/workbench.hpp: one thread for what takes tens of milliseconds, so that no connection
// waits for it.
#pragma once
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>

namespace outcry::operators {

class Workbench {
 public:
    static constexpr int most_waiting = 16;

    /// False when more work waits than is taken.
    bool has_room() const { return waiting_ < most_waiting; }

    /// What `work()` returns or throws, from the one thread.
    template <class Work>
    auto run(Work work) -> boost::asio::awaitable<std::invoke_result_t<Work&>> {
        struct Place {
            explicit Place(std::atomic<int>& of) : waiting(of) { ++waiting; }
            ~Place() { --waiting; }
            std::atomic<int>& waiting;
        } place{waiting_};
        auto there = [&work]() -> boost::asio::awaitable<std::invoke_result_t<Work&>> { co_return work(); };
        co_return co_await boost::asio::co_spawn(thread_, there, boost::asio::use_awaitable);
    }

 private:
    std::atomic<int> waiting_{0};
    boost::asio::thread_pool thread_{1};
};

}  // namespace outcry::operators
