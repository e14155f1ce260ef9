// tests/integration/pulse_test.cpp: the board after a restart is the board without one, and what it saw is
// recorded once.
#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "server/live/day_sums.hpp"
#include "server/live/learn.hpp"
#include "server/live/pulse.hpp"
#include "server/live/tally.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/quiet.hpp"
#include "tests/support/await.hpp"
#include "tests/support/people.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using analytics::ServiceId;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

/// A small installation: services with two weeks of ordinary noise, a tally, and a clock that is moved by hand.
struct Town {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Tally tally{context.get_executor(), database, clock};
    std::mt19937 random{7};
    int people = 0;

    explicit Town(std::vector<std::string> slugs) {
        for (const auto& slug : slugs) add_service(slug, noon - 14 * 24h);
        std::vector<storage::ServiceBin> history;
        for (ServiceId service = 1; service <= static_cast<ServiceId>(slugs.size()); ++service)
            for (Minute at = noon - 14 * 24h; at < noon; at += 1min)
                if (random() % 4 == 0)
                    history.push_back(
                        {service, {.minute = at, .reports = static_cast<std::uint32_t>(1 + random() % 2)}});
        database.run([&](storage::Transaction& tx) { storage::import_bins(tx, history); });
        tests::await(context, tally.cycle());
    }

    ServiceId add_service(const std::string& slug, Time created) {
        storage::Service service;
        service.slug = slug;
        service.name = slug;
        service.zone = "America/New_York";
        return database.run(
            [&](storage::Transaction& tx) { return storage::put_service(tx, service, created); });
    }

    std::unique_ptr<live::Pulse> start() {
        auto pulse = std::make_unique<live::Pulse>(context.get_executor(), database, hub, clock);
        tests::await(context, pulse->load());
        return pulse;
    }

    /// One minute of the clock: so many people report each service, and the tally counts them.
    void minute(const std::vector<std::pair<ServiceId, int>>& counts) {
        std::vector<ingest::Report> reports;
        for (const auto& [service, count] : counts)
            for (int i = 0; i < count; ++i)
                reports.push_back(tests::report_of(++people, service, clock.now() + 10ms * i)),
                    reports.back().region = place_of(people);
        if (!reports.empty()) tests::put_in_journal(database, reports);
        clock = live::Clock{clock.now() + 1min, 0};
        while (tests::await(context, tally.cycle())) {
        }
    }
    void look(live::Pulse& pulse) { tests::await(context, pulse.look()); }

    /// A third of the people says nothing of where they are.
    std::string place_of(int who) const {
        static const std::array<std::string, 3> regions{"", "DE-BY", "US-TX"};
        return everyone_in.empty() ? regions[static_cast<std::size_t>(who) % regions.size()] : everyone_in;
    }
    std::string everyone_in;

    /// The history's reports have named regions as people do.
    void name_regions() {
        place.ask(
            "insert into bin_detail (service_id, minute, works, category_id, region, reports) "
            "select service_id, minute, false, 0, case extract(epoch from minute)::bigint / 60 % 3 "
            "when 0 then '' when 1 then 'DE-BY' else 'US-TX' end, reports from bin");
    }

    int noise() { return random() % 4 == 0 ? 1 : 0; }
    long number(const std::string& sql) const { return std::stol(place.ask(sql)); }
};

/// Everything the board of `pulse` holds, a line for each service: what was learned and the bins, as hashes.
std::vector<std::string> picture(Town& town, live::Pulse& pulse) {
    const auto draw = [](const analytics::Board& board) {
        std::vector<std::string> lines;
        const auto until = board.complete_until();
        for (const auto service : board.services()) {
            std::string bins;
            for (const auto& bin : board.bins(service, until - 48h, until + 2h))
                bins += std::to_string(bin.reports) + "," + std::to_string(bin.works) + ";";
            const auto* monitor = board.monitor(service);
            lines.push_back("service " + std::to_string(service) + " until " +
                            std::to_string((monitor->until() - noon).count()) + " learned " +
                            std::to_string(std::hash<std::string>{}(monitor->save())) + " bins " +
                            std::to_string(std::hash<std::string>{}(bins)));
        }
        return lines;
    };
    return tests::await(town.context, pulse.read(draw));
}

analytics::State state(Town& town, live::Pulse& pulse, ServiceId service) {
    return tests::await(
        town.context, pulse.read([&](const analytics::Board& b) { return b.standing(service).verdict.state; }));
}

}  // namespace

TEST_CASE("an outage rises, is recorded with the news of it, ends, and is told in order") {
    Town town{{"mail", "chat"}};
    auto pulse = town.start();
    auto subscription = town.hub.subscribe(town.context.get_executor(), {"mail"}, std::nullopt);
    for (int i = 0; i < 20; ++i) town.minute({{1, town.noise()}, {2, town.noise()}}), town.look(*pulse);
    CHECK(state(town, *pulse, 1) == analytics::State::normal);
    for (int i = 0; i < 15; ++i) town.minute({{1, 40}, {2, town.noise()}}), town.look(*pulse);
    CHECK(state(town, *pulse, 1) == analytics::State::spike);
    CHECK(state(town, *pulse, 2) == analytics::State::normal);
    for (int i = 0; i < 120; ++i) town.minute({{1, town.noise()}, {2, town.noise()}}), town.look(*pulse);
    CHECK(state(town, *pulse, 1) == analytics::State::normal);

    const auto incidents = town.database.run(
        [](storage::Transaction& tx) { return storage::load_incidents(tx, {.service = 1, .open = false}); });
    REQUIRE(incidents.size() == 1);
    CHECK(incidents[0].incident.phase == analytics::Phase::closed);
    CHECK(incidents[0].incident.peak >= 15 * 40);
    CHECK(incidents[0].incident.reasons.score >= incidents[0].incident.reasons.threshold);
    CHECK(town.number("select count(*) from outbox where kind = 'incident.opened'") == 1);
    CHECK(town.number("select count(*) from outbox where kind = 'incident.closed'") == 1);

    const auto kept = town.database.run([id = incidents[0].id](storage::Transaction& tx) {
        return std::pair{storage::load_incident_events(tx, id), storage::load_usual(tx, id)};
    });
    REQUIRE(kept.first.size() >= 3);
    CHECK(kept.first.front().kind == storage::IncidentEvent::Kind::opened);
    CHECK(kept.first[1].state == analytics::State::recovering);
    CHECK(kept.first.back().kind == storage::IncidentEvent::Kind::closed);
    const auto span = analytics::incident_span(incidents[0].incident, {});
    REQUIRE(kept.second);
    CHECK(kept.second->from == span.from);
    CHECK(kept.second->to() >= span.to);

    std::vector<std::string> told;
    town.hub.close();
    while (auto frame = tests::await(town.context, subscription->next())) {
        CHECK(frame->find("chat") == frame->npos);
        const auto name = frame->find("event: ") + 7;
        told.push_back(frame->substr(name, frame->find('\n', name) - name));
    }
    CHECK(std::count(told.begin(), told.end(), "incident.opened") == 1);
    CHECK(std::count(told.begin(), told.end(), "incident.closed") == 1);
    CHECK(std::count(told.begin(), told.end(), "counts") > 0);
    CHECK(std::find(told.begin(), told.end(), "incident.opened") <
          std::find(told.begin(), told.end(), "incident.closed"));
}

TEST_CASE("the board after a restart equals the board without one, at any moment of an outage") {
    Town town{{"mail", "chat"}};
    auto pulse = town.start();
    const bool saved = GENERATE(true, false);
    for (int i = 0; i < 90; ++i) {
        town.minute({{1, i >= 20 && i < 40 ? 30 : town.noise()}, {2, town.noise()}});
        town.look(*pulse);
        if (i == 10 && saved) tests::await(town.context, pulse->stop());  // saves; looking goes on by hand
        if (i == 30 || i == 60) {
            // One settings change and one new service on the way, so that the replay has to repeat them too.
            town.database.run([&](storage::Transaction& tx) {
                storage::put_settings(tx, 1, {.false_alarms_per_year = 0.5, .clear = 20min}, "",
                                      town.clock.now());
            });
            town.add_service("late" + std::to_string(i), town.clock.now());
        }
        if (i % 15 == 14) {
            const auto news = town.number("select count(*) from outbox");
            auto fresh = town.start();
            CHECK(picture(town, *fresh) == picture(town, *pulse));
            CHECK(town.number("select count(*) from outbox") == news);
        }
    }
    CHECK(town.number("select count(*) from incident") == 1);
}

TEST_CASE("an outage of one region is an incident of its service that says where; a restart says the same") {
    Town town{{"mail", "chat"}};
    town.name_regions();
    auto pulse = town.start();
    tests::await(town.context, pulse->stop());  // saves; looking goes on by hand
    for (int i = 0; i < 40; ++i) {
        town.everyone_in = i < 15 ? "" : "US-TX";
        town.minute({{1, i < 15 ? town.noise() : 2}, {2, town.noise()}});
        town.look(*pulse);
        if (i % 10 == 9) {
            auto fresh = town.start();
            CHECK(picture(town, *fresh) == picture(town, *pulse));
        }
    }
    const auto incidents =
        town.database.run([](storage::Transaction& tx) { return storage::load_incidents(tx, {}); });
    REQUIRE(incidents.size() == 1);
    CHECK(incidents[0].service == 1);
    CHECK(analytics::region_code(incidents[0].incident.region) == "US-TX");
}

TEST_CASE("what was judged but not recorded before a crash is recorded after it, once") {
    Town town{{"mail"}};
    auto pulse = town.start();
    for (int i = 0; i < 5; ++i) town.minute({{1, town.noise()}}), town.look(*pulse);
    for (int i = 0; i < 15; ++i) town.minute({{1, 40}});  // counted, and nobody looks
    CHECK(town.number("select count(*) from incident") == 0);
    auto after = town.start();
    CHECK(town.number("select count(*) from incident") == 1);
    CHECK(town.number("select count(*) from outbox where kind = 'incident.opened'") == 1);
    town.look(*pulse);  // the first one was only asleep: another node that sees the same
    CHECK(town.number("select count(*) from incident") == 1);
    CHECK(town.number("select count(*) from outbox where kind = 'incident.opened'") == 1);
    CHECK(picture(town, *after) == picture(town, *pulse));
}

TEST_CASE("a look that fails half way loses nothing: the next one records and tells") {
    Town town{{"mail"}};
    auto pulse = town.start();
    for (int i = 0; i < 15; ++i) town.minute({{1, 40}});
    town.place.ask(
        "create function break() returns trigger language plpgsql as $$ begin raise 'broken on purpose'; end "
        "$$; "
        "create trigger break before insert on incident for each row execute function break()");
    auto subscription = town.hub.subscribe(town.context.get_executor(), {}, std::nullopt);
    CHECK_THROWS(town.look(*pulse));
    CHECK(state(town, *pulse, 1) == analytics::State::spike);
    town.place.ask("drop trigger break on incident");
    town.look(*pulse);
    CHECK(town.number("select count(*) from incident") == 1);
    town.hub.close();
    int opened = 0;
    while (auto frame = tests::await(town.context, subscription->next()))
        opened += frame->find("event: incident.opened") != frame->npos;
    CHECK(opened == 1);
}

TEST_CASE("while the database is away the board is read as before, and afterwards it catches up") {
    Town town{{"mail"}};
    auto pulse = town.start();
    town.minute({{1, 3}});
    town.look(*pulse);
    const auto before = picture(town, *pulse);
    town.minute({{1, 5}});
    town.place.ask_server("alter database " + town.place.name() + " allow_connections false");
    town.place.ask_server("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '" +
                          town.place.name() + "'");
    CHECK_THROWS_AS(town.look(*pulse), storage::Unavailable);
    CHECK(picture(town, *pulse) == before);
    CHECK(pulse->ready());
    town.place.ask_server("alter database " + town.place.name() + " allow_connections true");
    for (bool back = false; !back;) try {
            town.look(*pulse);  // each connection of the pool finds out for itself
            back = true;
        } catch (const storage::Unavailable&) {
        }
    CHECK(picture(town, *pulse) != before);
    auto fresh = town.start();
    CHECK(picture(town, *fresh) == picture(town, *pulse));
}

TEST_CASE("a history that was there before the first start brings no old incidents") {
    Town town{{"mail"}};
    std::vector<storage::ServiceBin> outage;
    for (Minute at = noon - 48h; at < noon - 46h; at += 1min)
        outage.push_back({1, {.minute = at, .reports = 50}});
    town.database.run([&](storage::Transaction& tx) { storage::import_bins(tx, outage); });
    auto pulse = town.start();
    town.minute({});
    town.look(*pulse);
    CHECK(town.number("select count(*) from incident") == 0);
    CHECK(tests::await(town.context, pulse->read([&](const analytics::Board& board) {
              return board.bins(1, noon - 48h, noon).size();
          })) > 2800);
}

TEST_CASE("the catalogue is followed: a new service is watched, an archived one no longer") {
    Town town{{"mail"}};
    auto pulse = town.start();
    const auto version = pulse->version();
    const auto late = town.add_service("late", town.clock.now());
    town.database.run(
        [&](storage::Transaction& tx) { storage::archive_service(tx, "mail", town.clock.now()); });
    town.minute({{late, 3}});
    town.look(*pulse);
    CHECK(pulse->version() > version);
    CHECK(pulse->catalogue()->find("late")->id == late);
    CHECK(pulse->catalogue()->find("mail") == nullptr);
    const auto seen = tests::await(town.context, pulse->read([&](const analytics::Board& board) {
        return std::pair{board.contains(1), board.bins(late, noon, noon + 1min)};
    }));
    CHECK_FALSE(seen.first);
    CHECK(seen.second.at(0).reports == 3);
}

TEST_CASE("a service that comes back while others are watched stands as after a restart") {
    Town town{{"mail", "chat"}};
    town.name_regions();
    auto pulse = town.start();
    for (int i = 0; i < 5; ++i) town.minute({{1, 2}, {2, town.noise()}}), town.look(*pulse);
    town.database.run(
        [&](storage::Transaction& tx) { storage::archive_service(tx, "mail", town.clock.now()); });
    for (int i = 0; i < 20; ++i) town.minute({{1, 1}, {2, town.noise()}}), town.look(*pulse);
    town.add_service("mail", town.clock.now());
    for (int i = 0; i < 3; ++i) town.minute({{1, 1}, {2, town.noise()}}), town.look(*pulse);
    const auto live = picture(town, *pulse);
    CHECK(live.size() == 2);
    auto fresh = town.start();
    CHECK(picture(town, *fresh) == live);
}

TEST_CASE(
    "an incident that ended with its service stays ended when it comes back; the next rise opens another") {
    Town town{{"mail", "chat"}};
    auto pulse = town.start();
    const auto minutes = [&](int count, int reports) {
        for (int i = 0; i < count; ++i) town.minute({{1, reports}, {2, town.noise()}}), town.look(*pulse);
    };
    minutes(15, 40);
    REQUIRE(state(town, *pulse, 1) == analytics::State::spike);
    town.database.run(
        [&](storage::Transaction& tx) { storage::archive_service(tx, "mail", town.clock.now()); });
    minutes(2, 0);
    town.add_service("mail", town.clock.now());
    minutes(2, 40);
    CHECK(state(town, *pulse, 1) == analytics::State::possible);  // as after a closing by hand
    CHECK(town.number("select count(*) from incident where service_id = 1 and closed is null") == 0);
    auto again = town.start();
    CHECK(state(town, *again, 1) == analytics::State::possible);
    minutes(120, 0);
    minutes(15, 40);
    CHECK(town.number("select count(*) from incident where service_id = 1 and closed is null") == 1);
}

TEST_CASE("whoever has changed the catalogue may wait until it is followed, however seldom the pulse looks") {
    Town town{{"mail"}};
    boost::asio::io_context context;
    live::Pulse pulse{context.get_executor(), town.database, town.hub, town.clock, {.every = 1h}};
    tests::await(context, pulse.load());
    tests::await(context, pulse.catch_up());  // nothing runs, so there is nothing to wait for

    context.restart();
    auto run = boost::asio::co_spawn(context, pulse.run(), boost::asio::use_future);
    std::thread thread{[&] { context.run(); }};
    const auto wait_for = [&](boost::asio::awaitable<void> work) {
        boost::asio::co_spawn(context, std::move(work), boost::asio::use_future).get();
    };
    wait_for(pulse.catch_up());  // the first look is over, the next one is an hour away
    for (const auto* slug : {"late", "later"}) {
        town.add_service(slug, town.clock.now());
        CHECK(pulse.catalogue()->find(slug) == nullptr);
        wait_for(pulse.catch_up());
        CHECK(pulse.catalogue()->find(slug) != nullptr);
    }
    wait_for(pulse.stop());
    run.get();
    thread.join();
}

TEST_CASE("reading the board passes on what the reader throws") {
    Town town{{"mail"}};
    auto pulse = town.start();
    const auto read = [](const analytics::Board&) -> int { throw std::out_of_range("mine"); };
    CHECK_THROWS_AS(tests::await(town.context, pulse->read(read)), std::out_of_range);
}

TEST_CASE("days are summed up once they are over, again after an import, and teach what their minutes teach") {
    Town town{{"mail", "chat"}};
    const auto today = storage::day_of(noon);
    live::DaySums days;
    const auto sum_up = [&](Minute now) {
        for (int i = 0; i < 15 * 26; ++i) tests::await(town.context, days.work(town.database, now));
    };
    const auto summed = [&] {
        return town.database.run([&](storage::Transaction& tx) {
            std::uint64_t sum = 0;
            for (const auto& day : storage::load_days(tx, std::array{1, 2}, 0, today + 1))
                for (const auto reports : day.quarters) sum += reports;
            return std::pair{sum, storage::load_days_progress(tx).until};
        });
    };
    const auto counted = "select coalesce(sum(reports), 0) from bin where minute < '" +
                         town.place.ask("select to_timestamp(" + std::to_string(today) + " * 86400::bigint)") +
                         "'";
    sum_up(noon);
    CHECK(summed() == std::pair{static_cast<std::uint64_t>(town.number(counted)), std::optional{today}});
    CHECK(town.number("select count(*) from bin_day") == 28);

    const std::vector<storage::ServiceBin> late{{2, {.minute = noon - 72h, .reports = 900}}};
    town.database.run([&](storage::Transaction& tx) { storage::import_bins(tx, late); });
    CHECK(summed().second == today - 3);
    sum_up(noon + 1h);
    CHECK(summed() == std::pair{static_cast<std::uint64_t>(town.number(counted)), std::optional{today}});

    auto pulse = town.start();
    const auto catalogue = pulse->catalogue();
    live::Zones zones(noon);
    const std::vector<live::Unlearned> services{{catalogue->find("mail"), noon - 14 * 24h},
                                                {catalogue->find("chat"), noon - 3h}};
    auto taught = tests::await(
        town.context, live::learn(town.database, live::SettingsHistory{}, zones, services, today, noon));
    REQUIRE(taught.size() == 1);  // the other one is too young
    auto& monitor = taught.front().monitor;
    CHECK(monitor.until() == noon - 6h);
    const auto whole = tests::await(town.context, pulse->read([](const analytics::Board& board) {
        return board.monitor(1)->expect(noon + 8h, 240min).expected;
    }));
    CHECK(monitor.expect(noon + 8h, 240min).expected == Approx(whole).epsilon(.08));
}

TEST_CASE(
    "a window begins and ends in front of everyone who listens, at every part, also when it is ended early") {
    Town town{{"mail", "chat"}};
    auto pulse = town.start();
    town.look(*pulse);
    auto subscription = town.hub.subscribe(town.context.get_executor(), {"mail"}, std::nullopt);
    const auto states = [&] {
        std::string all;
        for (;;) {
            const auto frame = *tests::await(town.context, subscription->next());
            if (frame.starts_with(":")) return all;  // nothing more for a while
            if (frame.find("event: state\n") == std::string::npos) continue;
            const auto data = nlohmann::json::parse(frame.substr(frame.find("data: ") + 6));
            all += data["was"].get<std::string>() + ">" + data["state"].get<std::string>() + " ";
        }
    };
    const auto before = pulse->version();
    const auto id = town.database.run([&](storage::Transaction& tx) {
        return storage::add_maintenance(tx,
                                        {.service = 1,
                                         .starts = town.clock.now() + 1min,
                                         .ends = town.clock.now() + 60min,
                                         .title = "New disks",
                                         .by_whom = "mara"},
                                        town.clock.now());
    });
    town.look(*pulse);
    CHECK(pulse->version() > before);  // pages that name what is ahead are made anew
    for (int i = 0; i < 5; ++i) town.minute({}), town.look(*pulse);
    town.database.run(
        [&](storage::Transaction& tx) { return storage::end_maintenance(tx, id, town.clock.now()); });
    for (int i = 0; i < 3; ++i) town.minute({}), town.look(*pulse);
    CHECK(states() == "normal>maintenance maintenance>normal ");
}
