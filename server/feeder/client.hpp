// server/feeder/client.hpp: sends taps as requests when their time has come, over connections that stay open.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "server/feeder/schedule.hpp"
#include "server/feeder/target.hpp"

namespace outcry::feeder {

struct FeedTotals {
    std::uint64_t acknowledged = 0;  // 2xx
    std::uint64_t refused = 0;       // any other answer that trying again does not help
    std::uint64_t given_up = 0;      // no answer in all the time allowed
    std::uint64_t tried_again = 0;   // after 429, 503 or a lost connection; not a loss by itself
    std::string first_refusal;       // status and body
};

struct FeedProgress {
    FeedTotals totals;
    Time now{};               // by the time source
    std::size_t waiting = 0;  // due, not answered yet
    std::chrono::milliseconds behind{
        0};  // age of the oldest tap that waits for a connection, by the time source
};

struct FeedOptions {
    std::size_t connections = 64;
    std::chrono::seconds give_up{60};    // real time for one report, all tries together
    std::chrono::seconds answer_in{25};  // real time for one try
    std::chrono::milliseconds tell_every{1'000};
    std::function<Time()> instance_now;  // the instance's clock, for the reports' keys; none: the time source's
};

/// Sends everything of [from, until); `until` {} means on and on. Returns when all is answered, or soon after
/// `stop`. `now` is the time source that paces; `tell` hears of progress; `acknowledged` gets the body of each
/// 2xx, if set. Runs on one thread: that of the executor it is awaited on.
boost::asio::awaitable<FeedTotals> feed(Target, const Schedule&, Time from, Time until,
                                        std::function<Time()> now, FeedOptions, std::stop_token stop,
                                        std::function<void(const FeedProgress&)> tell,
                                        std::function<void(const std::string& body)> acknowledged = {});

}  // namespace outcry::feeder
