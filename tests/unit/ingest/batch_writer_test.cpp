// tests/unit/ingest/batch_writer_test.cpp: group commit on real Asio, with a commit that the test holds in its
// hand.
#include "ingest/batch_writer.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "ingest/journal_batch.hpp"
#include "ingest/report_id.hpp"

using namespace outcry;
using namespace outcry::ingest;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

/// A journal that commits when the test says so. Used by one thread.
class HeldJournal {
 public:
    explicit HeldJournal(asio::io_context& io) : gate_(io, std::chrono::steady_clock::time_point::max()) {}

    CommitBatch commit() {
        return [this](std::shared_ptr<const std::string> batch) { return take(std::move(batch)); };
    }
    /// Lets the commit under way end, well or with an exception.
    void release(bool well = true) {
        well_ = well;
        ++released_;
        gate_.cancel();
    }
    std::vector<std::string> attempts;
    int concurrent = 0;
    bool overlapped = false;

 private:
    asio::awaitable<void> take(std::shared_ptr<const std::string> batch) {
        attempts.push_back(*batch);
        overlapped = overlapped || ++concurrent > 1;
        const auto mine = attempts.size();
        while (released_ < mine) {
            boost::system::error_code ignored;
            co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
        --concurrent;
        if (!well_) throw std::runtime_error("the database went away");
    }

    asio::steady_timer gate_;
    std::size_t released_ = 0;
    bool well_ = true;
};

Report report(int service) {
    Report made;
    made.service = service;
    made.id = make_report_id(Time{1s});
    return made;
}

BatchLimits quick() {
    BatchLimits limits;
    limits.retry_first = 1ms;
    limits.retry_most = 4ms;
    return limits;
}

/// Submits report after report on one thread, and remembers the answers in order.
struct Bench {
    asio::io_context io;
    HeldJournal journal{io};
    BatchWriter writer;
    std::vector<Accepted> answers;

    explicit Bench(BatchLimits limits = quick()) : writer(io.get_executor(), journal.commit(), limits) {}

    void submit(int service) {
        auto one = [](Bench& bench, Report made) -> asio::awaitable<void> {
            const auto accepted = co_await bench.writer.submit(std::move(made));
            bench.answers.push_back(accepted);
        };
        asio::co_spawn(io, one(*this, report(service)), asio::detached);
    }
    void settle() {
        io.restart();
        io.poll();
    }
    /// Runs the loop until `done`, at most some seconds.
    template <class Done>
    void run_until(Done done) {
        io.restart();
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (!done() && std::chrono::steady_clock::now() < end) io.run_one_for(100ms);
        REQUIRE(done());
    }
    std::size_t reports_in(std::size_t attempt) { return decode_batch(journal.attempts.at(attempt)).size(); }
};

}  // namespace

TEST_CASE("a report is answered only after its commit, and the next batch is what arrived meanwhile") {
    Bench bench;
    bench.submit(0);
    bench.settle();
    REQUIRE(bench.journal.attempts.size() == 1);
    CHECK(bench.answers.empty());

    for (int i = 1; i <= 100; ++i) bench.submit(i);
    bench.settle();
    CHECK(bench.journal.attempts.size() == 1);
    bench.journal.release();
    bench.settle();
    CHECK(bench.answers == std::vector{Accepted::durable});
    REQUIRE(bench.journal.attempts.size() == 2);
    CHECK(bench.reports_in(1) == 100);

    bench.journal.release();
    bench.settle();
    CHECK(bench.answers.size() == 101);
    CHECK(bench.journal.attempts.size() == 2);
    CHECK_FALSE(bench.journal.overlapped);
}

TEST_CASE("a batch holds at most what it may, in order of arrival") {
    auto limits = quick();
    limits.batch_reports = 10;
    Bench bench(limits);
    for (int i = 0; i < 25; ++i) bench.submit(i);
    bench.settle();
    for (int i = 0; i < 8; ++i) {
        bench.journal.release();
        bench.settle();
    }
    std::vector<int> services;
    for (const auto& batch : bench.journal.attempts) {
        const auto reports = decode_batch(batch);
        CHECK(reports.size() <= 10);
        for (const auto& one : reports) services.push_back(one.service);
    }
    REQUIRE(services.size() == 25);
    CHECK(std::is_sorted(services.begin(), services.end()));
    CHECK(bench.answers == std::vector(25, Accepted::durable));
}

TEST_CASE("a full queue says so at once, by number and by bytes, and takes more once there is room") {
    auto limits = quick();
    SECTION("by number") {
        limits.queue_reports = 3;
    }
    SECTION("by bytes") {
        limits.queue_bytes = 3 * encoded_size(report(0));
    }
    Bench bench(limits);
    bench.submit(0);
    bench.settle();
    for (int i = 0; i < 5; ++i) bench.submit(i);
    bench.settle();
    CHECK(bench.answers == std::vector{Accepted::full, Accepted::full});

    bench.journal.release();
    bench.settle();
    bench.submit(9);
    bench.settle();
    bench.journal.release();
    bench.settle();
    bench.journal.release();
    bench.settle();
    CHECK(std::count(bench.answers.begin(), bench.answers.end(), Accepted::durable) == 5);
}

TEST_CASE("after a failed commit the same bytes are sent again, until they are durable") {
    Bench bench;
    bench.submit(1);
    bench.settle();
    for (std::size_t failed = 1; failed <= 5; ++failed) {
        bench.journal.release(false);
        bench.run_until([&] { return bench.journal.attempts.size() == failed + 1; });
        bench.submit(2);
    }
    CHECK(bench.answers.empty());
    bench.journal.release();
    bench.run_until([&] { return bench.answers.size() == 1; });
    for (std::size_t i = 1; i <= 5; ++i) CHECK(bench.journal.attempts[i] == bench.journal.attempts[0]);
    CHECK(bench.answers == std::vector{Accepted::durable});
    bench.settle();
    CHECK(bench.reports_in(6) == 5);
    bench.journal.release();
    bench.run_until([&] { return bench.answers.size() == 6; });
}

TEST_CASE("a report whose database stays away is given up, and the writer goes on for the next") {
    auto limits = quick();
    limits.ride_out = 30ms;
    Bench bench(limits);
    const auto started = std::chrono::steady_clock::now();
    bench.submit(1);
    SECTION("commits fail") {
        bench.settle();
        auto failing = [](Bench& held) -> asio::awaitable<void> {
            asio::steady_timer pause(held.io);
            while (held.answers.empty()) {
                held.journal.release(false);
                pause.expires_after(1ms);
                co_await pause.async_wait(asio::use_awaitable);
            }
        };
        asio::co_spawn(bench.io, failing(bench), asio::detached);
        bench.run_until([&] { return !bench.answers.empty(); });
    }
    SECTION("a commit hangs") {
        bench.run_until([&] { return !bench.answers.empty(); });
        CHECK(bench.journal.attempts.size() == 1);
        bench.submit(2);
        bench.run_until([&] { return bench.answers.size() == 2; });
        CHECK(bench.journal.attempts.size() == 1);
    }
    CHECK(std::chrono::steady_clock::now() - started >= 30ms);
    CHECK(bench.answers == std::vector(bench.answers.size(), Accepted::timed_out));

    const auto before = bench.answers.size();
    bench.journal.release();
    bench.settle();
    bench.submit(3);
    bench.settle();
    bench.journal.release();
    bench.run_until([&] { return bench.answers.size() == before + 1; });
    CHECK(bench.answers.back() == Accepted::durable);
}

TEST_CASE("drain waits for what was submitted before it") {
    Bench bench;
    bool drained = false;
    auto drain = [](Bench& held, bool& done) -> asio::awaitable<void> {
        co_await held.writer.drain();
        done = true;
    };
    asio::co_spawn(bench.io, drain(bench, drained), asio::detached);
    bench.settle();
    CHECK(drained);

    drained = false;
    bench.submit(1);
    bench.settle();
    bench.submit(2);
    bench.settle();
    asio::co_spawn(bench.io, drain(bench, drained), asio::detached);
    bench.settle();
    bench.journal.release();
    bench.settle();
    CHECK_FALSE(drained);
    bench.journal.release();
    bench.settle();
    CHECK(drained);
}

TEST_CASE("an idle writer keeps no loop alive") {
    Bench bench;
    bench.submit(1);
    bench.settle();
    bench.journal.release();
    bench.io.restart();
    bench.io.run();
    CHECK(bench.answers == std::vector{Accepted::durable});
}

TEST_CASE("many threads, a journal that fails now and then: every acknowledged report is in it") {
    asio::thread_pool threads(4);
    std::mutex mutex;
    std::map<ReportId, int> journal;
    std::atomic<int> calls{0};
    CommitBatch commit = [&](std::shared_ptr<const std::string> batch) -> asio::awaitable<void> {
        const int call = ++calls;
        if (call % 5 == 0) throw std::runtime_error("lost before the commit");
        {
            const std::lock_guard lock(mutex);
            for (const auto& one : decode_batch(*batch)) ++journal[one.id];
        }
        if (call % 7 == 0) throw std::runtime_error("lost after the commit");
        co_return;
    };
    BatchWriter writer(threads.get_executor(), commit, quick());
    std::mutex answered;
    std::vector<ReportId> acknowledged;
    auto client = [&](int number) -> asio::awaitable<void> {
        for (int i = 0; i < 50; ++i) {
            const auto made = report(number);
            const auto accepted = co_await writer.submit(made);
            const std::lock_guard lock(answered);
            if (accepted == Accepted::durable) acknowledged.push_back(made.id);
        }
    };
    for (int i = 0; i < 40; ++i) asio::co_spawn(asio::make_strand(threads), client(i), asio::detached);
    threads.join();
    CHECK(acknowledged.size() == 2'000);
    for (const auto& id : acknowledged) {
        if (!journal.contains(id)) FAIL("an acknowledged report is not in the journal");
    }
    CHECK(journal.size() == 2'000);
}
