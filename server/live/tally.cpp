// server/live/tally.cpp: when to count: four times a second, unless another node does.
#include "server/live/tally.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <string>

#include "server/live/count.hpp"
#include "server/live/day_sums.hpp"
#include "server/live/rhythm.hpp"
#include "server/storage/messages.hpp"
#include "server/storage/progress.hpp"
#include "server/storage/reports.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using std::chrono::steady_clock;

struct Tally::Impl {
    Impl(asio::any_io_executor executor, storage::Database& storage, const Clock& time, TallyOptions given)
        : rhythm(executor), database(storage), clock(time), options(given) {}

    asio::awaitable<bool> cycle();
    asio::awaitable<void> attempt();
    asio::awaitable<void> keep_house();
    void say(std::string happened);
    bool is_ours(const storage::Progress&);
    bool has_work(const storage::Progress&) const;

    Rhythm rhythm;
    storage::Database& database;
    const Clock& clock;
    const TallyOptions options;

    CountingMemory memory;
    DaySums days;
    bool drained = true;
    std::string trouble;                         // said once, until it changes
    std::int64_t own_epoch = -1;                 // the last one that was ours
    std::optional<std::int64_t> others_epoch;    // the last one seen that was not
    steady_clock::time_point others_progress{};  // when it was first seen
    std::chrono::sys_time<std::chrono::hours> kept_house{};
};

asio::awaitable<bool> Tally::Impl::cycle() {
    const auto progress = co_await database.transact(storage::load_progress);
    if (!has_work(progress)) co_return false;
    const auto now = clock.now();
    auto work = [&](storage::Transaction& tx) {
        return count_journal(tx, memory, now, {.grace = options.grace, .bytes = options.cycle_bytes});
    };
    try {
        const auto result = co_await database.transact(work);
        drained = result.drained;
        own_epoch = memory.epoch;
        co_return result.changed;
    } catch (...) {
        memory = {};  // it may be ahead of the rows
        throw;
    }
}

bool Tally::Impl::has_work(const storage::Progress& progress) const {
    return progress.waiting || progress.complete_until < minute_of(clock.now() - options.grace);
}

/// Whoever counted last goes on; another one steps in once work lies about for a while and no epoch comes. A
/// node that has just started steps in at once.
bool Tally::Impl::is_ours(const storage::Progress& progress) {
    const auto now = steady_clock::now();
    if (progress.epoch == own_epoch || !has_work(progress)) {
        others_progress = now;
        return true;
    }
    if (!others_epoch) {
        others_epoch = progress.epoch;
        return true;
    }
    if (*others_epoch != progress.epoch) {
        others_epoch = progress.epoch;
        others_progress = now;
    }
    return now - others_progress >= options.patience;
}

asio::awaitable<void> Tally::Impl::attempt() {
    drained = true;
    try {
        const auto progress = co_await database.transact(storage::load_progress);
        if (!is_ours(progress)) co_return;
        co_await cycle();
        co_await keep_house();
        if (drained) co_await days.work(database, progress.complete_until);
        say({});
    } catch (const storage::Unavailable& error) {
        say(std::string{"counting waits for the database: "} + error.what());
    } catch (const std::exception& error) {
        say(std::string{"a cycle of the tally failed and will be tried again: "} + error.what());
    }
}

void Tally::Impl::say(std::string happened) {
    if (happened == trouble) return;
    if (happened.empty())
        spdlog::info("counting goes on");
    else
        spdlog::warn("{}", happened);
    trouble = std::move(happened);
}

asio::awaitable<void> Tally::Impl::keep_house() {
    const auto hour = std::chrono::floor<std::chrono::hours>(clock.now());
    if (hour == kept_house || memory.epoch < 0) co_return;
    auto work = [now = clock.now()](storage::Transaction& tx) {
        storage::retain(tx, now);
        storage::forget_messages(tx, now);
    };
    co_await database.transact(work);
    kept_house = hour;
}

Tally::Tally(asio::any_io_executor executor, storage::Database& database, const Clock& clock,
             TallyOptions options)
    : impl_(std::make_shared<Impl>(executor, database, clock, options)) {}
Tally::~Tally() = default;

asio::awaitable<bool> Tally::cycle() {
    co_return co_await asio::co_spawn(impl_->rhythm.strand(), impl_->cycle(), asio::use_awaitable);
}

asio::awaitable<void> Tally::run() {
    std::function<asio::awaitable<bool>()> work = [impl = impl_.get()]() -> asio::awaitable<bool> {
        co_await impl->attempt();
        co_return !impl->drained;
    };
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.run(impl_->options.every, work),
                            asio::use_awaitable);
}

asio::awaitable<void> Tally::stop() {
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.stop(), asio::use_awaitable);
}

}  // namespace outcry::live
