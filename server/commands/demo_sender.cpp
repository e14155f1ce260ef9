// server/commands/demo_sender.cpp: one thread, one loop, one feed.
#include "server/commands/demo_sender.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "server/app/app.hpp"

namespace outcry::commands {

DemoSender::DemoSender(const app::App& app, std::string base_path, const feeder::Schedule& schedule, Time from,
                       Time until)
    : base_path_(std::move(base_path)),
      thread_([this, &app, &schedule, from, until] { run(app, schedule, from, until); }) {}

DemoSender::~DemoSender() {
    stop_.request_stop();
    if (thread_.joinable()) thread_.join();
}

feeder::FeedProgress DemoSender::progress() const {
    const std::lock_guard lock(mutex_);
    return progress_;
}

void DemoSender::stop() {
    stop_.request_stop();
    if (thread_.joinable()) thread_.join();
    if (failure_) std::rethrow_exception(failure_);
}

void DemoSender::run(const app::App& app, const feeder::Schedule& schedule, Time from, Time until) try {
    boost::asio::io_context io(1);
    const auto keep = [this](const feeder::FeedProgress& progress) {
        const std::lock_guard lock(mutex_);
        progress_ = progress;
    };
    auto feed = feeder::feed(
        {"127.0.0.1", app.port(), base_path_}, schedule, from, until, [&app] { return app.now(); }, {},
        stop_.get_token(), keep);
    boost::asio::co_spawn(io, std::move(feed),
                          [this](const std::exception_ptr& error, feeder::FeedTotals totals) {
                              if (error) std::rethrow_exception(error);
                              const std::lock_guard lock(mutex_);
                              progress_.totals = std::move(totals);
                          });
    io.run();
    ended_ = true;
} catch (const std::exception&) {
    failure_ = std::current_exception();
    ended_ = true;
}

}  // namespace outcry::commands
