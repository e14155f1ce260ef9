// server/notify/notifier.cpp: a loop that claims, threads that send, and a strand that keeps count.
#include "server/notify/notifier.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/live/rhythm.hpp"

namespace outcry::notify {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {
constexpr auto watch_every = 15s;  // of the clock
}

struct Notifier::Impl {
    Impl(asio::any_io_executor executor, storage::Database& storage, const live::Clock& time,
         Ledger::Services services, Phrase phrase, NotifierOptions given)
        : rhythm(executor),
          database(storage),
          clock(time),
          options(std::move(given)),
          ledger(std::move(services), std::move(phrase), options.addresses, options.node),
          courier(options.outbound, options.mail, &stopping, options.resolve),
          threads(static_cast<std::size_t>(options.at_once)) {}

    asio::awaitable<void> look();
    asio::awaitable<void> keep_house(Time now);
    asio::awaitable<bool> attempt();
    asio::awaitable<void> send(Job);
    asio::awaitable<void> look_soon();
    asio::awaitable<void> stop();
    void begin(std::vector<Job>);

    live::Rhythm rhythm;
    storage::Database& database;
    const live::Clock& clock;
    const NotifierOptions options;
    const Ledger ledger;
    std::atomic<bool> stopping{false};
    const Courier courier;

    // Touched on the strand alone.
    bool resumed = false;
    bool looking_soon = false;  // from before look_soon() is spawned until it has run
    Time watched{};
    bool ended = false;  // an incident has, since we watched
    std::chrono::sys_time<std::chrono::hours> kept_house{};
    int under_way = 0, failing = 0;  // failing: to targets whose last attempt failed
    std::string trouble;             // said once, until it changes

    asio::thread_pool threads;  // last: its threads use the others
};

asio::awaitable<void> Notifier::Impl::look() {
    const auto now = clock.now();
    co_await keep_house(now);
    struct Looked {
        Spread spread;
        bool watched = false;
        std::vector<Job> jobs;
    };
    const bool watching = ended || now >= watched + watch_every || now < watched;
    const auto room = options.at_once - under_way;
    // Who has been failing, and may hang, gets half of the threads at most.
    const bool failing_too = failing < options.at_once / 2;
    auto work = [&](storage::Transaction& tx) {
        Looked looked;
        looked.spread = ledger.spread(tx, now);
        // The news first: what it ends is neither let out nor reminded of any more, and who hears for the first
        // time hears of everything that it brought.
        looked.watched = looked.spread.all && (watching || looked.spread.ended);
        if (looked.watched) ledger.watch(tx, now);
        if (room > 0)
            looked.jobs = ledger.claim(tx, now, now + clock.span_of(options.lease), room, failing_too);
        return looked;
    };
    auto looked = co_await database.transact(work);
    ended = (ended || looked.spread.ended) && !looked.watched;
    if (looked.watched) watched = now;
    begin(std::move(looked.jobs));
}

asio::awaitable<void> Notifier::Impl::keep_house(Time now) {
    const auto hour = std::chrono::floor<std::chrono::hours>(now);
    if (resumed && hour == kept_house) co_return;
    auto work = [&](storage::Transaction& tx) {
        if (!resumed) storage::release_claims(tx, options.node);
        storage::retain_notifications(tx, now);
    };
    co_await database.transact(work);
    resumed = true;
    kept_house = hour;
}

void Notifier::Impl::begin(std::vector<Job> jobs) {
    for (auto& job : jobs) {
        const bool was_failing = job.target.failures > 0;
        ++under_way;
        failing += was_failing;
        asio::co_spawn(rhythm.strand(), send(std::move(job)), [this, was_failing](std::exception_ptr thrown) {
            --under_way;
            failing -= was_failing;
            try {
                if (thrown) std::rethrow_exception(thrown);
            } catch (const std::exception& error) {
                spdlog::warn("a message will be sent again, since its delivery could not be noted: {}",
                             error.what());
            }
            if (!looking_soon && !stopping) {
                looking_soon = true;
                asio::co_spawn(rhythm.strand(), look_soon(), asio::detached);
            }
        });
    }
}

/// Who has been told may have more waiting: a backlog does not go at the pace of quiet days.
asio::awaitable<void> Notifier::Impl::look_soon() {
    asio::steady_timer pause{rhythm.strand(), options.between};
    co_await pause.async_wait(asio::use_awaitable);
    looking_soon = false;
    rhythm.wake();
}

asio::awaitable<void> Notifier::Impl::send(Job job) {
    const auto now = clock.now();
    auto there = [&]() -> asio::awaitable<Attempted> {
        co_return courier.attempt(job.target, job.claimed.news, job.body, now);
    };
    auto done = co_await asio::co_spawn(threads, there, asio::use_awaitable);
    if (done.asked) done.asked = clock.span_of(*done.asked);  // they mean real time
    if (stopping && done.result != Attempted::Result::arrived)
        co_return;  // we hung up; told again at the start
    auto note = [&](storage::Transaction& tx) { return ledger.settle(tx, job, done, clock.now()); };
    // Settling twice changes nothing, so it may be tried again.
    if (const auto off = co_await database.read(note))
        spdlog::warn("the target {} is switched off: {}", off->name,
                     off->why == "gone" ? "it answered 410 Gone" : "it has been failing for days");
}

asio::awaitable<bool> Notifier::Impl::attempt() {
    std::string happened;
    try {
        co_await look();
    } catch (const std::exception& error) {
        happened = error.what();
    }
    if (happened != trouble) {
        if (happened.empty())
            spdlog::info("notifications go out again");
        else
            spdlog::warn("notifications wait until the database answers: {}", happened);
    }
    trouble = happened;
    co_return false;
}

asio::awaitable<void> Notifier::Impl::stop() {
    stopping = true;
    co_await rhythm.stop();
    asio::steady_timer pause{rhythm.strand()};
    while (under_way > 0 || looking_soon) {
        pause.expires_after(20ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

Notifier::Notifier(asio::any_io_executor executor, storage::Database& database, const live::Clock& clock,
                   Ledger::Services services, Phrase phrase, NotifierOptions options)
    : impl_(std::make_unique<Impl>(executor, database, clock, std::move(services), std::move(phrase),
                                   std::move(options))) {}

Notifier::~Notifier() {
    impl_->stopping = true;
    impl_->threads.join();
}

asio::awaitable<void> Notifier::look() {
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->look(), asio::use_awaitable);
}

asio::awaitable<void> Notifier::run() {
    std::function<asio::awaitable<bool>()> work = [impl = impl_.get()] { return impl->attempt(); };
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.run(impl_->options.every, work),
                            asio::use_awaitable);
}

asio::awaitable<void> Notifier::stop() {
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->stop(), asio::use_awaitable);
}

}  // namespace outcry::notify
