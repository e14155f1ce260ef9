// tests/integration/durability_test.cpp: PostgreSQL is killed while people report: nothing acknowledged is lost
// or doubled.
#include <signal.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "ingest/batch_writer.hpp"
#include "server/live/tally.hpp"
#include "server/storage/migrations.hpp"
#include "tests/support/await.hpp"
#include "tests/support/people.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

constexpr int clients = 64, reports_per_second = 1'000, kills = 3;
constexpr auto between_kills = 2s;

/// What the clients were told.
struct Told {
    std::mutex mutex;
    std::vector<std::string> durable;
    int refused = 0;
    std::chrono::steady_clock::duration longest{};
};

asio::awaitable<void> report_again_and_again(int first, const live::Clock& clock, ingest::BatchWriter& writer,
                                             Told& told, const bool& enough) {
    asio::steady_timer pause{co_await asio::this_coro::executor};
    for (int who = first; !enough; who += clients) {
        pause.expires_after(1000ms * clients / reports_per_second);
        const auto report = tests::report_of(who, 1, clock.now());
        const auto since = std::chrono::steady_clock::now();
        const auto accepted = co_await writer.submit(report);
        {
            const std::lock_guard lock{told.mutex};
            told.longest = std::max(told.longest, std::chrono::steady_clock::now() - since);
            if (accepted == ingest::Accepted::durable)
                told.durable.push_back(ingest::to_text(report.id));
            else
                ++told.refused;
        }
        co_await pause.async_wait(asio::use_awaitable);
    }
}

}  // namespace

TEST_CASE("PostgreSQL is killed under 1,000 reports a second: requests wait, and each is stored exactly once") {
    const tests::TemporaryFolder folder;
    storage::Cluster cluster{{.state = folder.path()}};
    storage::Database owner{{.dsn = cluster.dsn(), .connections = 1}};
    storage::migrate(owner);

    asio::io_context context;
    storage::Database database{{.dsn = cluster.dsn(), .role = "outcry_serve", .connections = 4}};
    const live::Clock clock{database.run(storage::database_time)};
    ingest::CommitBatch commit = [&](std::shared_ptr<const std::string> batch) -> asio::awaitable<void> {
        auto append = [&](storage::Transaction& tx) { storage::append_journal(tx, 1, *batch); };
        co_await database.transact(append);
    };
    ingest::BatchWriter writer{context.get_executor(), commit};
    live::Tally tally{context.get_executor(), database, clock};

    Told told;
    bool enough = false;
    asio::co_spawn(context, tally.run(), asio::detached);
    for (int i = 0; i < clients; ++i)
        asio::co_spawn(context, report_again_and_again(i, clock, writer, told, enough), asio::detached);
    auto kill_now_and_then = [&]() -> asio::awaitable<void> {
        asio::steady_timer timer{context};
        for (int i = 0; i < kills; ++i) {
            timer.expires_after(between_kills);
            co_await timer.async_wait(asio::use_awaitable);
            kill(cluster.process(), SIGKILL);
        }
        timer.expires_after(between_kills);
        co_await timer.async_wait(asio::use_awaitable);
        enough = true;
        co_await writer.drain();
        co_await tally.stop();
    };
    asio::co_spawn(context, kill_now_and_then(), asio::detached);
    context.run();
    CHECK(cluster.crashes() >= kills);

    live::Tally last{context.get_executor(), database, clock};
    while (tests::await(context, last.cycle())) {
    }
    std::string ids = "array[";
    for (const auto& id : told.durable) ids += "'" + id + "',";
    ids.back() = ']';
    const auto number = [&](const std::string& sql) { return std::stoul(tests::ask(cluster.dsn(), sql)); };
    const auto longest = std::chrono::duration_cast<std::chrono::milliseconds>(told.longest).count();
    WARN(told.durable.size() << " acknowledged, " << told.refused << " refused, longest wait " << longest
                             << " ms");
    CHECK(told.durable.size() > 3'000);
    CHECK(told.refused == 0);
    CHECK(told.longest < 10s);
    CHECK(number("select count(*) from report where id = any (" + ids + "::uuid[])") == told.durable.size());
    CHECK(number("select count(*) from report") == number("select count(distinct id) from report"));
    CHECK(number("select sum(reports + works + repeated + limited) from bin") ==
          number("select count(*) from report"));
}
