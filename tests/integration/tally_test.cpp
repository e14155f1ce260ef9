// tests/integration/tally_test.cpp: exactly once: batches sent again, restarts, takeovers and crashes at every
// statement.
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <set>

#include "ingest/counting.hpp"
#include "server/live/tally.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/messages.hpp"
#include "server/storage/progress.hpp"
#include "server/storage/reports.hpp"
#include "tests/support/await.hpp"
#include "tests/support/people.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using tests::put_in_journal;
using tests::report_of;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
constexpr analytics::ServiceId mail = 1, chat = 2;

/// A database, a clock that stands still until told, and as many tallies as a test wants.
struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};

    House() {
        auto first = tally();
        cycle(first);  // counting begins here
    }
    live::Tally tally() { return live::Tally{context.get_executor(), database, clock}; }
    bool cycle(live::Tally& tally) { return tests::await(context, tally.cycle()); }
    void go_to(Time at) { clock = live::Clock{at, 0}; }
    void finish(live::Tally& tally) {
        while (cycle(tally)) {
        }
    }

    long number(const std::string& sql) const { return std::stol(place.ask(sql)); }
    long stored() const { return number("select count(*) from report"); }
    long counted() const { return number("select coalesce(sum(reports), 0) from bin"); }

    /// Bins are nothing but the rows, summed: totals, and the breakdown of what counted.
    void check_bins_equal_rows() const {
        CHECK(number(
                  "select count(*) from (select service_id, minute, count(*) filter (where outcome = 0 and not "
                  "works), "
                  "count(*) filter (where outcome = 0 and works), count(*) filter (where outcome = 1), "
                  "count(*) filter (where outcome = 2) from report group by 1, 2 "
                  "except select service_id, minute, reports, works, repeated, limited from bin) as missing") ==
              0);
        CHECK(number("select count(*) from bin where (service_id, minute) not in "
                     "(select service_id, minute from report)") == 0);
        const std::string rows =
            "select service_id, works, category_id, region, count(*) from report where outcome = 0 "
            "group by 1, 2, 3, 4";
        const std::string bins =
            "select service_id, works, category_id, region, sum(reports) from bin_detail "
            "group by 1, 2, 3, 4 having sum(reports) <> 0";
        CHECK(number("select count(*) from ((" + rows + " except " + bins + ") union all (" + bins +
                     " except " + rows + ")) as different") == 0);
    }
};

std::vector<ingest::Report> crowd(int first, int count, analytics::ServiceId service, Time at) {
    std::vector<ingest::Report> reports;
    for (int i = 0; i < count; ++i)
        reports.push_back(report_of(first + i, service, at + std::chrono::milliseconds{i}));
    return reports;
}

}  // namespace

TEST_CASE("a batch is counted once, however often it is sent") {
    House house;
    auto tally = house.tally();
    const auto batch = crowd(0, 100, mail, noon);
    put_in_journal(house.database, batch);
    put_in_journal(house.database, batch);
    CHECK(house.cycle(tally));
    put_in_journal(house.database, batch);
    house.finish(tally);
    CHECK(house.stored() == 100);
    CHECK(house.counted() == 100);
    CHECK(house.number("select count(*) from journal") == 0);
    house.check_bins_equal_rows();
}

TEST_CASE("one reporter counts once a window and service, and again in the next") {
    House house;
    auto tally = house.tally();
    put_in_journal(house.database,
                   {report_of(1, mail, noon), report_of(1, mail, noon + 1s), report_of(1, chat, noon)});
    house.cycle(tally);
    CHECK(house.counted() == 2);
    CHECK(house.number("select sum(repeated) from bin") == 1);
    house.go_to(noon + 15min);
    put_in_journal(house.database, {report_of(1, mail, noon + 15min)});
    house.cycle(tally);
    CHECK(house.counted() == 3);
    house.check_bins_equal_rows();
}

TEST_CASE("a report sent again after its window is still known") {
    House house;
    auto tally = house.tally();
    put_in_journal(house.database, {report_of(1, mail, noon + 1s)});
    house.cycle(tally);
    house.go_to(noon + 40min);
    auto fresh = house.tally();
    auto again = report_of(1, mail, noon + 1s);
    put_in_journal(house.database, {again});
    house.finish(fresh);
    put_in_journal(house.database, {again});
    house.finish(fresh);
    CHECK(house.counted() == 1);
    CHECK(house.stored() == 2);  // `again` is another id of the same reporter
    house.check_bins_equal_rows();
}

TEST_CASE("detail that comes later is added to the first report and moves it in the breakdown") {
    House house;
    auto tally = house.tally();
    put_in_journal(house.database, {report_of(1, mail, noon), report_of(2, mail, noon)});
    house.cycle(tally);
    house.go_to(noon + 3min);
    house.finish(tally);  // noon's minute is complete now
    auto later = report_of(1, mail, noon + 3min);
    later.category = 7;
    later.region = "US-CA";
    auto last = report_of(1, mail, noon + 3min + 1s);
    last.category = 8;  // it has said 7 already
    last.message = "it's \"down\" {again}\\";
    put_in_journal(house.database, {later});
    house.cycle(tally);
    put_in_journal(house.database, {last});
    house.cycle(tally);
    CHECK(house.place.ask(
              "select category_id || ' ' || region || ' ' || message from report where outcome = 0 and "
              "category_id > 0") == "7 US-CA it's \"down\" {again}\\");
    CHECK(house.counted() == 2);
    CHECK(house.place.ask(
              "select sum(reports) from bin_detail where minute < timestamptz '2026-01-22 12:01Z'") == "2");
    house.check_bins_equal_rows();
}

TEST_CASE("detail within one cycle is added before the first report is stored") {
    House house;
    auto tally = house.tally();
    auto later = report_of(1, mail, noon + 1s);
    later.region = "DE";
    put_in_journal(house.database, {report_of(1, mail, noon), later});
    house.cycle(tally);
    CHECK(house.place.ask("select region from report where outcome = 0") == "DE");
    house.check_bins_equal_rows();
}

TEST_CASE("messages are counted by what they have in common, one for each person and window") {
    House house;
    auto tally = house.tally();
    const auto says = [&](int who, const std::string& message, bool works = false) {
        auto report = report_of(who, mail, house.clock.now());
        report.message = message;
        report.works = works;
        return report;
    };
    put_in_journal(house.database,
                   {says(1, "Cannot send mail since 12:00"), says(2, "cannot send mail since 12:01!"),
                    says(3, ""), says(4, "cannot send mail since 9:15", true)});
    house.finish(tally);
    put_in_journal(house.database, {says(3, "cannot send mail since noon"), says(1, "something else"),
                                    says(5, "ana@example.org")});
    house.finish(tally);
    put_in_journal(house.database, {says(3, "a second message")});
    house.finish(tally);
    house.go_to(noon + 61min);
    put_in_journal(house.database, {says(1, "CANNOT SEND MAIL since 13:01")});
    auto other = house.tally();  // a takeover remembers nothing and loses nothing
    house.finish(other);

    const auto counts = house.database.run([](storage::Transaction& tx) {
        return storage::load_messages(tx, mail, minute_of(noon), minute_of(noon) + 2h);
    });
    REQUIRE(counts.size() == 2);
    const auto& timed = counts[0].signature.key.ends_with("noon") ? counts[1] : counts[0];
    CHECK(timed.signature.key == "cannot send mail since …");
    CHECK_FALSE(timed.signature.shown.starts_with("CANNOT"));  // the first hour's is shown
    CHECK(timed.count == 3);
    CHECK(timed.last_seen == minute_of(noon) + 61min);
    CHECK(std::set<std::int64_t>(timed.voices.begin(), timed.voices.end()).size() == 2);

    house.database.run([](storage::Transaction& tx) { storage::forget_messages(tx, noon + 50h); });
    CHECK(house.number("select count(*) from message_count") == 1);
}

TEST_CASE("a prefix gives its share and no more, and what it gave is remembered over a restart") {
    House house;
    auto reports = crowd(0, 60, mail, noon);
    for (auto& report : reports) report.prefix = {1, 2, 3};
    auto first = house.tally();
    put_in_journal(house.database, {reports.begin(), reports.begin() + 30});
    house.cycle(first);
    auto second = house.tally();
    put_in_journal(house.database, {reports.begin() + 30, reports.end()});
    house.cycle(second);
    CHECK(house.counted() == ingest::prefix_share(60));
    house.check_bins_equal_rows();
}

TEST_CASE("a complete minute never changes: what comes late is counted in the first open one") {
    House house;
    auto tally = house.tally();
    put_in_journal(house.database, crowd(0, 5, mail, noon));
    house.cycle(tally);
    house.go_to(noon + 2min + 3s);
    house.finish(tally);
    CHECK(house.place.ask("select complete_until = timestamptz '2026-01-22 12:02Z' from tally_state") == "t");
    put_in_journal(house.database, crowd(100, 3, mail, noon + 30s));
    house.cycle(tally);
    CHECK(house.number("select reports from bin where minute = timestamptz '2026-01-22 12:00Z'") == 5);
    CHECK(house.number("select reports from bin where minute = timestamptz '2026-01-22 12:02Z'") == 3);
    CHECK(house.number("select count(distinct win) from report") == 1);  // the window is that of their own time
    house.check_bins_equal_rows();
}

TEST_CASE("a minute is not completed before everything that waits has been counted") {
    House house;
    live::Tally tally{house.context.get_executor(), house.database, house.clock, {.cycle_bytes = 1}};
    for (int i = 0; i < 3; ++i) put_in_journal(house.database, crowd(i * 10, 10, mail, noon));
    house.go_to(noon + 5min);
    house.cycle(tally);
    CHECK(house.counted() == 10);
    CHECK(house.place.ask("select complete_until < timestamptz '2026-01-22 12:00Z' from tally_state") == "t");
    house.finish(tally);
    CHECK(house.number("select reports from bin where minute = timestamptz '2026-01-22 12:00Z'") == 30);
    CHECK(house.place.ask("select complete_until = timestamptz '2026-01-22 12:04Z' from tally_state") == "t");
}

TEST_CASE("full hours are summed up when their last minute is complete") {
    House house;
    auto tally = house.tally();
    for (int minute = 0; minute < 140; minute += 10) {
        const auto at = noon + std::chrono::minutes{minute};
        house.go_to(at);
        put_in_journal(house.database, crowd(minute * 10, 4, mail, at));
        house.finish(tally);
    }
    CHECK(house.number("select count(*) from bin_hour") == 2);
    CHECK(house.number("select reports from bin_hour where hour = timestamptz '2026-01-22 13:00Z'") == 24);
}

TEST_CASE("a second tally takes over, and the first finds that its memory is stale") {
    House house;
    auto first = house.tally(), second = house.tally();
    const auto reports = crowd(0, 40, mail, noon);
    put_in_journal(house.database, {reports.begin(), reports.begin() + 20});
    house.cycle(first);
    put_in_journal(house.database, {reports.begin() + 10, reports.begin() + 30});
    house.cycle(second);
    put_in_journal(house.database, reports);
    house.cycle(first);
    put_in_journal(house.database, crowd(0, 40, mail, noon + 1s));  // the same people again, with new ids
    house.cycle(second);
    CHECK(house.counted() == 40);
    CHECK(house.number("select sum(repeated) from bin") == 40);
    house.check_bins_equal_rows();
}

TEST_CASE("a journal row that nobody can read is put aside, and the rest is counted") {
    House house;
    auto tally = house.tally();
    house.database.run([](storage::Transaction& tx) { storage::append_journal(tx, 1, "no batch"); });
    put_in_journal(house.database, crowd(0, 5, mail, noon));
    house.cycle(tally);
    CHECK(house.counted() == 5);
    CHECK(house.number("select count(*) from journal_unreadable") == 1);
}

TEST_CASE("a cycle that breaks at any statement has counted nothing, and the next one counts all") {
    // The database breaks it, so that the program under test has no hooks: an error, or the session is cut.
    const auto how = GENERATE(as<std::string>{}, "raise exception 'broken on purpose'",
                              "perform pg_terminate_backend(pg_backend_pid())");
    const auto where = GENERATE(as<std::string>{}, "report insert", "report update", "bin insert",
                                "bin_detail insert", "fold insert", "tally_state update", "journal delete");
    House house;
    const auto table = where.substr(0, where.find(' ')), event = where.substr(where.find(' ') + 1);
    auto tally = house.tally();
    put_in_journal(house.database, crowd(0, 10, mail, noon));
    house.cycle(tally);

    house.place.ask("create function break() returns trigger language plpgsql security definer as $$ begin " +
                    how + "; return null; end $$; create trigger break after " + event + " on " + table +
                    " for each statement execute function break(); "
                    "grant execute on function pg_terminate_backend to public");
    auto later = report_of(3, mail, noon + 2s);
    later.category = 5;
    auto batch = crowd(5, 10, mail, noon + 1s);
    batch.push_back(later);
    put_in_journal(house.database, batch);
    CHECK_THROWS(house.cycle(tally));
    CHECK(house.counted() == 10);
    CHECK(house.number("select count(*) from journal") == 1);

    house.place.ask("drop trigger break on " + table);
    house.finish(tally);
    CHECK(house.counted() == 15);
    CHECK(house.stored() == 21);
    CHECK(house.number("select count(*) from journal") == 0);
    house.check_bins_equal_rows();
}

TEST_CASE("readers see each epoch's bins once, and every open bin when epochs were forgotten") {
    House house;
    auto tally = house.tally();
    const auto changes = [&](std::int64_t after, Minute until) {
        return house.database.run(
            [&](storage::Transaction& tx) { return storage::load_changes(tx, after, until); });
    };
    const auto start = changes(0, {}).epoch;
    put_in_journal(house.database, crowd(0, 10, mail, noon));
    house.cycle(tally);
    put_in_journal(house.database, crowd(20, 10, chat, noon));
    house.cycle(tally);
    CHECK(changes(start, {}).bins.size() == 2);
    CHECK(changes(start + 1, {}).bins.size() == 1);
    CHECK(changes(start + 2, {}).bins.empty());
    house.place.ask("delete from fold");
    CHECK(changes(start, minute_of(noon)).bins.size() == 2);
    CHECK(changes(start + 2, minute_of(noon)).bins.empty());
}

TEST_CASE("what has been kept long enough is removed, and nothing else") {
    House house;
    auto tally = house.tally();
    put_in_journal(house.database, crowd(0, 10, mail, noon));
    house.cycle(tally);
    const auto keep = [&](Time at) {
        house.go_to(at);
        house.finish(tally);
        house.database.run([&](storage::Transaction& tx) { storage::retain(tx, at); });
    };
    keep(noon + 30 * 24h);
    CHECK(house.stored() == 10);
    keep(noon + 32 * 24h);
    CHECK(house.stored() == 0);
    CHECK(house.counted() == 10);
}

TEST_CASE("two nodes run a tally each while people report and sessions are cut, and all is counted once") {
    House house;
    storage::Database other{house.place.serving()};
    const live::TallyOptions hasty{.every = 1ms, .patience = 3ms};
    live::Tally first{house.context.get_executor(), house.database, house.clock, hasty};
    live::Tally second{house.context.get_executor(), other, house.clock, hasty};
    std::vector<ingest::Report> sent;
    const auto cut =
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() "
        "and pid <> pg_backend_pid() and query like '%tally_state%'";
    auto people = [&]() -> boost::asio::awaitable<void> {
        for (int i = 0; i < 200; ++i) {
            const auto batch =
                crowd(i * 5, 10, mail, noon + std::chrono::milliseconds{i});  // each person twice
            sent.insert(sent.end(), batch.begin(), batch.end());
            storage::Database writer{house.place.serving(1)};
            put_in_journal(writer, batch);
            if (i % 20 == 10) house.place.ask(cut);
            co_await boost::asio::post(house.context, boost::asio::use_awaitable);
        }
        auto empty = [](storage::Transaction& tx) { return !storage::load_progress(tx).waiting; };
        while (!co_await other.read(empty)) {
        }
        co_await first.stop();
        co_await second.stop();
    };
    boost::asio::co_spawn(house.context, first.run(), boost::asio::detached);
    boost::asio::co_spawn(house.context, second.run(), boost::asio::detached);
    boost::asio::co_spawn(house.context, people(), boost::asio::detached);
    house.context.restart();
    house.context.run();
    CHECK(house.stored() == static_cast<long>(sent.size()));
    CHECK(house.counted() == 1005);
    CHECK(house.number("select sum(repeated) from bin") == 995);
    house.check_bins_equal_rows();
}
