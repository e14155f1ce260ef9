// server/commands/demo_sender.hpp: the demo's users: reports sent over HTTP by a thread of their own.
#pragma once
#include <atomic>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "server/feeder/client.hpp"

namespace outcry::app {
class App;
}

namespace outcry::commands {

/// Sends what the schedule has for [from, until), `until` {} meaning on and on, by the clock of the instance.
class DemoSender {
 public:
    DemoSender(const app::App&, std::string base_path, const feeder::Schedule&, Time from, Time until);
    ~DemoSender();

    bool ended() const { return ended_; }
    feeder::FeedProgress progress() const;
    /// Ends it, and throws what it threw, if it did.
    void stop();

 private:
    void run(const app::App&, const feeder::Schedule&, Time from, Time until);

    std::string base_path_;
    std::stop_source stop_;
    mutable std::mutex mutex_;
    feeder::FeedProgress progress_;
    std::exception_ptr failure_;
    std::atomic<bool> ended_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace outcry::commands
