// tests/integration/storage_test.cpp: migrations, roles, the catalogue, bins and the journal on a real
// PostgreSQL.
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "server/storage/bins.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/journal.hpp"
#include "server/storage/migrations.hpp"
#include "server/storage/notifications.hpp"
#include "server/storage/reports.hpp"
#include "server/storage/secrets.hpp"
#include "server/storage/services.hpp"
#include "server/storage/transaction.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using storage::Database;
using storage::Transaction;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

storage::Service example(const std::string& slug) {
    storage::Service service;
    service.slug = slug;
    service.name = "Example " + slug;
    service.group = "Mail";
    service.homepage = "https://example.org";
    service.zone = "Europe/Berlin";
    service.aliases = {"ex", "O'Neill \\ \"mail\""};
    service.categories = {{.id = 0, .key = "login", .label = "Signing in"},
                          {.id = 0, .key = "send", .label = "Sending"}};
    return service;
}

}  // namespace

TEST_CASE("every migration is applied once, and a second run finds nothing to do") {
    const tests::PrivateDatabase place;
    Database owner{place.owning()};
    for (const auto& migration : storage::migration_status(owner)) CHECK(migration.applied);
    int applied = 0;
    storage::migrate(owner, [&](const std::string&) { ++applied; });
    CHECK(applied == 0);
}

TEST_CASE("a run that broke goes on where it stopped, and its broken step left nothing behind") {
    const tests::PrivateDatabase place;
    Database owner{place.owning()};
    auto migrations = storage::built_in_migrations();
    const int next = migrations.back().number + 1;
    migrations.push_back({next, "9001_first.sql", "create table first (a int);"});
    migrations.push_back({next + 1, "9002_second.sql", "create table second (a int); select 1 / 0;"});
    CHECK_THROWS_AS(storage::migrate(owner, {}, migrations), storage::MigrationError);
    CHECK(place.ask("select to_regclass('first') is not null and to_regclass('second') is null") == "t");

    migrations.back().text = "create table second (a int);";
    std::vector<std::string> applied;
    storage::migrate(
        owner, [&](const std::string& name) { applied.push_back(name); }, migrations);
    CHECK(applied == std::vector<std::string>{"9002_second.sql"});
}

TEST_CASE("a node of the release before still reads and writes the lines of targets") {
    const tests::PrivateDatabase place;
    Database serving{place.serving()};
    CHECK_NOTHROW(serving.run([](Transaction& tx) {
        tx.exec_script(
            "insert into notification_target (name, kind, address, made) values ('a', 'webhook', 'x', now());"
            "insert into notification_route (target_id, severity, made) select id, 'spike', now() from "
            "notification_target; update notification_route set severity = 'spike';");
    }));
    CHECK(place.ask("select severity from notification_route") == "spike");
}

TEST_CASE("an edited migration is refused in a sentence that names it") {
    const tests::PrivateDatabase place;
    Database owner{place.owning()};
    auto migrations = storage::built_in_migrations();
    migrations[1].text = "select 'edited';";
    CHECK_THROWS_WITH(storage::migrate(owner, {}, migrations),
                      Catch::Contains("0002_catalogue.sql was edited"));
    CHECK_THROWS_AS(storage::migration_status(owner, migrations), storage::MigrationError);
    const auto listed = storage::list_migrations(owner, migrations);
    CHECK(listed[1].edited);
    CHECK_FALSE(listed[0].edited);
    migrations = {storage::built_in_migrations().front()};
    CHECK_THROWS_WITH(storage::migrate(owner, {}, migrations), Catch::Contains("newer version"));
}

TEST_CASE("the serving role can neither drop nor alter nor take back its rights") {
    const tests::PrivateDatabase place;
    Database serving{place.serving()};
    const auto refused = [&](const char* statement) {
        return place.ask(
                   std::string{"set role outcry_serve; do $$ begin "} + statement +
                   "; raise exception 'allowed'; exception when insufficient_privilege then null; end $$; "
                   "select 'refused'") == "refused";
    };
    CHECK(refused("drop table bin"));
    CHECK(refused("alter table bin add column x int"));
    CHECK(refused("truncate bin"));
    CHECK(refused("delete from report"));
    CHECK(refused("delete from incident"));
    CHECK(refused("create table mine (a int)"));
    CHECK(refused("update detector_settings set note = ''"));
}

TEST_CASE("a service is stored, changed by its slug, and its dropped categories are retired, not deleted") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    auto service = example("mail");
    const auto id = database.run([&](Transaction& tx) { return storage::put_service(tx, service, noon); });
    auto stored = database.run(storage::load_services).at(0);
    CHECK(stored.slug == "mail");
    CHECK(stored.aliases == service.aliases);
    CHECK(stored.zone == "Europe/Berlin");
    CHECK(stored.created == noon);
    CHECK(stored.categories.at(1).label == "Sending");
    CHECK(stored.settings == analytics::DetectorSettings{});

    const auto version = database.run(storage::catalogue_version);
    CHECK(database.run([&](Transaction& tx) { return storage::put_service(tx, service, noon); }) == id);
    CHECK(database.run(storage::catalogue_version) == version);

    service.name = "Renamed";
    service.categories.erase(service.categories.begin());
    database.run([&](Transaction& tx) { storage::put_service(tx, service, noon); });
    stored = database.run(storage::load_services).at(0);
    CHECK(stored.name == "Renamed");
    CHECK(stored.categories.size() == 1);
    CHECK(place.ask("select count(*) from category") == "2");
    CHECK(database.run(storage::catalogue_version) > version);
}

TEST_CASE("settings are versions that hold from the next minute on") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    const auto id =
        database.run([&](Transaction& tx) { return storage::put_service(tx, example("mail"), noon); });
    const analytics::DetectorSettings strict{
        .false_alarms_per_year = 0.1, .least_reports = 50, .hold = 2min, .clear = 45min};
    CHECK(database.run([&](Transaction& tx) {
        return storage::put_settings(tx, id, strict, "too loud", noon + 90s);
    }) == 2);
    CHECK(database.run(storage::load_services).at(0).settings == strict);
    const auto history =
        database.run([&](Transaction& tx) { return storage::load_settings_history(tx, minute_of(noon)); });
    REQUIRE(history.size() == 2);
    CHECK(history[1].since == minute_of(noon) + 2min);
    CHECK(database
              .run([&](Transaction& tx) { return storage::load_settings_history(tx, minute_of(noon) + 2min); })
              .size() == 1);
}

TEST_CASE("bins come back as they were put in, and their hours are summed") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    const auto minute = minute_of(noon);
    std::vector<storage::ServiceBin> bins;
    for (int i = 0; i < 90; ++i)
        bins.push_back({1, {.minute = minute + std::chrono::minutes{i}, .reports = 2, .works = 1}});
    bins.push_back({2, {.minute = minute, .reports = 7, .repeated = 3, .limited = 4}});
    database.run([&](Transaction& tx) { storage::import_bins(tx, bins); });
    const auto one =
        database.run([&](Transaction& tx) { return storage::load_bins(tx, 1, minute, minute + 60min); });
    CHECK(one.size() == 60);
    const auto two =
        database.run([&](Transaction& tx) { return storage::load_bins(tx, 2, minute, minute + 60min); });
    CHECK(two.at(0) == bins.back().bin);
    const auto hours =
        database.run([&](Transaction& tx) { return storage::load_hours(tx, 1, noon, noon + 2h); });
    REQUIRE(hours.size() == 2);
    CHECK(hours[0].reports == 120);
    CHECK(hours[1].works == 30);
    CHECK(database.run([&](Transaction& tx) { return storage::load_bins_since(tx, minute + 89min); }).size() ==
          1);
}

TEST_CASE("the journal gives its rows away in bounded pieces, each once") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    std::string zeros(1'000, '\0');
    for (int i = 0; i < 10; ++i) database.run([&](Transaction& tx) { storage::append_journal(tx, i, zeros); });
    auto taken = database.run([&](Transaction& tx) { return storage::take_journal(tx, 3'500); });
    CHECK(taken.batches.size() == 4);
    CHECK(taken.batches.front() == zeros);
    CHECK_FALSE(taken.drained);
    taken = database.run([&](Transaction& tx) { return storage::take_journal(tx, 100'000); });
    CHECK(taken.batches.size() == 6);
    CHECK(taken.drained);
}

TEST_CASE("what a transaction wrote before it threw is undone, and the next one works") {
    const tests::PrivateDatabase place;
    Database database{place.serving(1)};
    CHECK_THROWS_AS(database.run([&](Transaction& tx) {
        storage::append_journal(tx, 1, "x");
        throw std::out_of_range("ours");
    }),
                    std::out_of_range);
    CHECK(database.run([&](Transaction& tx) { return storage::take_journal(tx, 100); }).batches.empty());
}

TEST_CASE("a terminated connection is Unavailable, once") {
    const tests::PrivateDatabase place;
    Database database{place.serving(1)};
    const auto cut = [&](Transaction& tx) {
        storage::append_journal(tx, 1, "x");
        place.ask(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid()");
        storage::append_journal(tx, 1, "y");
    };
    CHECK_THROWS_AS(database.run(cut), storage::Unavailable);
    CHECK(database.run([&](Transaction& tx) { return storage::take_journal(tx, 100); }).batches.empty());
}

TEST_CASE("a server that is not there is Unavailable") {
    Database database{{.dsn = "host=/nowhere dbname=x", .connections = 1}};
    CHECK_THROWS_AS(database.wait_until_ready(100ms), storage::Unavailable);
}

namespace {

/// The opening of an incident of `service` at `opened`, one minute after it began.
analytics::Transition opening(storage::ServiceId service, Minute opened) {
    analytics::Transition transition;
    transition.service = service;
    transition.at = opened;
    transition.to = analytics::State::spike;
    transition.opened = true;
    auto& incident = transition.incident;
    incident.phase = analytics::Phase::open;
    incident.began = opened - 1min;
    incident.opened = incident.peak_at = opened;
    incident.peak = 50;
    incident.total = 60;
    incident.region = analytics::region_key("DE-BY");
    incident.reasons = {.until = opened,
                        .state = analytics::State::spike,
                        .observed = 50,
                        .expected = 1.0 / 3,
                        .low = 0.1,
                        .high = 2.7182818284590452,
                        .score = 19.5,
                        .threshold = 11.05,
                        .since = opened - 1min,
                        .reports_since = 60,
                        .last_hour = 55};
    transition.verdict = incident.reasons;
    return transition;
}

analytics::Transition peaking(analytics::Transition transition, std::chrono::minutes later,
                              std::uint32_t peak) {
    transition.at += later;
    transition.opened = false;
    transition.updated = true;
    transition.incident.peak = peak;
    transition.incident.peak_at = transition.at;
    return transition;
}

}  // namespace

TEST_CASE("an incident comes back with its reasons to the last digit, and the same change is recorded once") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    const auto id =
        database.run([&](Transaction& tx) { return storage::put_service(tx, example("mail"), noon); });
    const auto record = [&](const analytics::Transition& transition) {
        return database.run(
            [&](Transaction& tx) { return storage::record_transition(tx, transition, 3, noon); });
    };
    const auto opened = opening(id, minute_of(noon)), higher = peaking(opened, 5min, 90);
    const auto first = record(opened);
    REQUIRE(first);
    CHECK(first->incident == opened.incident);
    CHECK(first->settings_version == 3);
    record(opened);
    record(higher);
    record(higher);
    record(peaking(opened, 4min, 70));  // a slower node: known already
    auto closed = higher;
    closed.at += 1h;
    closed.updated = false;
    closed.closed = true;
    closed.incident.phase = analytics::Phase::closed;
    closed.incident.closed = closed.at;
    record(closed);
    record(closed);

    const auto stored = database.run([&](Transaction& tx) { return storage::load_incident(tx, first->id); });
    REQUIRE(stored);
    CHECK(stored->incident == closed.incident);
    CHECK(place.ask("select string_agg(kind, ' ' order by at) from outbox") ==
          "incident.opened incident.updated incident.closed");
    CHECK_FALSE(database.run([&](Transaction& tx) { return storage::load_incident(tx, "no id"); }));
}

TEST_CASE("an incident keeps its states and what was usual; once it is closed only notes are added") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    database.run([&](Transaction& tx) { storage::put_service(tx, example("mail"), noon); });
    const analytics::UsualColumns foreseen{minute_of(noon), 15min, {1, 2.5}, {0, 1.0 / 3}, {4, 5}},
        learned{minute_of(noon), 15min, {9}, {8}, {10}}, known{minute_of(noon), 60min, {6}, {2}, {12}};
    const auto record = [&](const analytics::Transition& transition, const analytics::UsualColumns& usual) {
        return database.run(
            [&](Transaction& tx) { return storage::record_transition(tx, transition, 1, noon, &usual); });
    };
    const auto opened = opening(1, minute_of(noon));
    const auto id = record(opened, foreseen)->id;
    const auto usual = [&] {
        return database.run([&](Transaction& tx) { return storage::load_usual(tx, id); });
    };
    CHECK(usual() == foreseen);

    auto easing = opened;
    easing.at += 20min;
    easing.opened = false;
    easing.from = analytics::State::spike;
    easing.to = analytics::State::recovering;
    easing.verdict.observed = 12;
    record(easing, learned);
    record(easing, learned);
    auto closed = easing;
    closed.at += 40min;
    closed.closed = true;
    closed.to = analytics::State::normal;
    closed.incident.phase = analytics::Phase::closed;
    closed.incident.closed = closed.at;
    const bool long_one = GENERATE(false, true);
    record(closed, long_one ? known : learned);
    const auto kept =
        usual();  // what was learned meanwhile is no better, but only it has the columns of a long one
    CHECK(kept == (long_one ? known : foreseen));
    record(opened, foreseen);  // a slower node
    CHECK(usual() == kept);

    using Kind = storage::IncidentEvent::Kind;
    const auto events = database.run([&](Transaction& tx) { return storage::load_incident_events(tx, id); });
    REQUIRE(events.size() == 3);
    CHECK(events[0].kind == Kind::opened);
    CHECK(events[1].kind == Kind::state);
    CHECK(events[1].state == analytics::State::recovering);
    CHECK(events[1].observed == 12U);
    CHECK(events[2].kind == Kind::closed);

    auto later = closed;  // the same opening seen afresh, say after the service came back
    later.at += 1h;
    later.incident.closed = later.at;
    record(later, foreseen);
    CHECK(usual() == kept);
    const auto stored = database.run([&](Transaction& tx) { return storage::load_incident(tx, id); });
    CHECK(stored->incident == closed.incident);
    CHECK(stored->ending == storage::Ending::calm);
    CHECK(stored->service_slug == "mail");

    const std::string note = "Corrected: \"the\" cause was a cable, not the service. \u202e <b>";
    CHECK(database.run([&](Transaction& tx) { return storage::add_annotation(tx, id, note, "ana", noon); }));
    CHECK_FALSE(database.run([&](Transaction& tx) {
        return storage::add_annotation(tx, "019be6f2-77aa-7000-8000-000000000001", note, "ana", noon);
    }));
    const auto notes = database.run([&](Transaction& tx) { return storage::load_annotations(tx, id); });
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].text == note);
    CHECK(notes[0].by == "ana");
    CHECK(notes[0].at == noon);
    CHECK(database.run([&](Transaction& tx) { return storage::load_incidents(tx, {.text = "A CABLE"}); })
              .size() == 1);
}

TEST_CASE("an incident whose service is archived ends with it, and says so") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    const auto service =
        database.run([&](Transaction& tx) { return storage::put_service(tx, example("mail"), noon); });
    const auto transition = opening(service, minute_of(noon));
    database.run([&](Transaction& tx) {
        storage::record_transition(tx, transition, 1, noon);
        storage::import_bins(tx, {{service, {.minute = minute_of(noon) - 1min, .reports = 60}},
                                  {service, {.minute = minute_of(noon) + 5min, .reports = 70}},
                                  {service, {.minute = minute_of(noon) + 40min, .reports = 9}}});
        storage::archive_service(tx, "mail", noon + 30min);
        storage::archive_service(tx, "mail", noon + 50min);
    });
    const auto incidents = database.run([](Transaction& tx) { return storage::load_incidents(tx, {}); });
    REQUIRE(incidents.size() == 1);
    CHECK(incidents[0].ending == storage::Ending::archived);
    CHECK(incidents[0].incident.closed == minute_of(noon) + 30min);
    CHECK(incidents[0].incident.total == 130);
    CHECK(incidents[0].service_name == "Example mail");
    CHECK(place.ask("select string_agg(kind, ' ' order by at) from outbox") ==
          "incident.opened incident.closed");

    auto later = peaking(transition, 35min, 500);  // the board had not heard yet
    later.from = later.to;
    database.run([&](Transaction& tx) { storage::record_transition(tx, later, 1, noon); });
    const auto after = database.run([](Transaction& tx) { return storage::load_incidents(tx, {}); });
    CHECK(after[0].incident == incidents[0].incident);
}

TEST_CASE("the catalogue's version rises once for each transaction that changes it, however much") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    const auto before = database.run(storage::catalogue_version);
    database.run([&](Transaction& tx) {
        for (const auto* slug : {"mail", "chat", "disk"}) storage::put_service(tx, example(slug), noon);
    });
    CHECK(database.run(storage::catalogue_version) == before + 1);
    database.run([&](Transaction& tx) { storage::archive_service(tx, "chat", noon); });
    database.run([&](Transaction& tx) { storage::put_settings(tx, 1, {.least_reports = 9}, "", noon); });
    CHECK(database.run(storage::catalogue_version) == before + 3);
}

TEST_CASE("no incident opens at a service that is being archived, whoever is first") {
    const tests::PrivateDatabase place;
    Database database{place.serving(2)};
    const auto service =
        database.run([&](Transaction& tx) { return storage::put_service(tx, example("mail"), noon); });
    const auto open_incidents = [&] { return place.ask("select count(*) from incident where closed is null"); };
    const auto opened = opening(service, minute_of(noon));
    const bool archived_first = GENERATE(true, false);
    // Each waits for the other to have done its part, then for a while to see that the other does wait.
    std::promise<void> begun;
    const auto archive = [&](Transaction& tx) { storage::archive_service(tx, "mail", noon + 1min); };
    const auto record = [&](Transaction& tx) { storage::record_transition(tx, opened, 1, noon); };
    const auto hold = [&] {
        begun.set_value();
        std::this_thread::sleep_for(200ms);
    };
    auto first = std::async(std::launch::async, [&] {
        database.run([&](Transaction& tx) {
            archived_first ? archive(tx) : record(tx);
            hold();
        });
    });
    begun.get_future().get();
    database.run([&](Transaction& tx) { archived_first ? record(tx) : archive(tx); });
    first.get();
    CHECK(open_incidents() == "0");
    CHECK(place.ask("select count(*) from incident") == (archived_first ? "0" : "1"));
}

TEST_CASE("of two merges at the same moment that would make a part of a part, one is refused") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    std::vector<storage::IncidentId> ids;
    database.run([&](Transaction& tx) {
        for (const auto* slug : {"mail", "chat", "disk"}) {
            const auto service = storage::put_service(tx, example(slug), noon);
            ids.push_back(storage::record_transition(tx, opening(service, minute_of(noon)), 1, noon)->id);
        }
    });
    const auto into = GENERATE(0, 2);  // the other way round; one step further
    // Nobody writes a merge before both connections wait: for this lock, or for one another.
    auto gate = std::async(std::launch::async, [&] {
        return place.ask(R"(do $$ begin
            lock table incident_merge in share row exclusive mode;
            for i in 1..1000 loop
                perform pg_sleep(0.01), pg_stat_clear_snapshot();
                exit when (select count(*) from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock') = 2;
            end loop;
        end $$; select 'open')");
    });
    while (place.ask("select count(*) from pg_locks where relation = 'incident_merge'::regclass and mode = "
                     "'ShareRowExclusiveLock'") == "0")
        std::this_thread::yield();
    const auto merge = [&](const storage::IncidentId& part, const storage::IncidentId& whole) {
        return std::async(std::launch::async, [&place, part, whole] {
            Database own{place.serving(1)};
            return own.run(
                [&](Transaction& tx) { return storage::merge_incident(tx, part, whole, "mara", noon); });
        });
    };
    auto one = merge(ids[0], ids[1]), other = merge(ids[1], ids[into]);
    REQUIRE(gate.get() == "open");
    CHECK(one.get() != other.get());
    CHECK(place.ask("select count(*) from incident_merge") == "1");
}

TEST_CASE("incidents are found by year, month and words") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    for (const auto* slug : {"mail", "chat"})
        database.run([&](Transaction& tx) { storage::put_service(tx, example(slug), noon); });
    for (const auto& [service, opened] : {std::pair{1, noon}, {2, noon + 24h * 40}, {1, noon - 24h * 800}})
        database.run([&](Transaction& tx) {
            storage::record_transition(tx, opening(service, minute_of(opened)), 1, noon);
        });
    const auto count = [&](const storage::IncidentFilter& filter) {
        return database.run([&](Transaction& tx) { return storage::load_incidents(tx, filter); }).size();
    };
    CHECK(database.run(storage::load_incident_years) == std::vector<int>{2026, 2023});
    CHECK(count({.opened_from = noon, .opened_until = noon + 24h}) == 1);
    CHECK(count({.text = "CHAT"}) == 1);
    CHECK(count({.text = "o'neill \\"}) == 3);
    CHECK(count({.text = "100%_"}) == 0);
}

TEST_CASE("incidents are listed newest first, by service, by whether they are open, page by page") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    for (const auto* slug : {"mail", "chat"})
        database.run([&](Transaction& tx) { storage::put_service(tx, example(slug), noon); });
    for (int i = 0; i < 5; ++i) {
        auto transition = opening(1 + i % 2, minute_of(noon) + std::chrono::hours{i});
        if (i < 3) {
            transition.incident.phase = analytics::Phase::closed;
            transition.incident.closed = transition.at + 30min;
        }
        database.run([&](Transaction& tx) { storage::record_transition(tx, transition, 1, noon); });
    }
    const auto list = [&](const storage::IncidentFilter& filter) {
        std::vector<std::pair<storage::ServiceId, long>> rows;
        for (const auto& record :
             database.run([&](Transaction& tx) { return storage::load_incidents(tx, filter); }))
            rows.emplace_back(record.service, (record.incident.opened - minute_of(noon)) / 1h);
        return rows;
    };
    using Rows = std::vector<std::pair<storage::ServiceId, long>>;
    CHECK(list({}) == Rows{{1, 4}, {2, 3}, {1, 2}, {2, 1}, {1, 0}});
    CHECK(list({.service = 2}) == Rows{{2, 3}, {2, 1}});
    CHECK(list({.open = true}) == Rows{{1, 4}, {2, 3}});
    CHECK(list({.since = noon + 2h}) == Rows{{1, 4}, {2, 3}, {1, 2}});
    const auto page = database.run([&](Transaction& tx) { return storage::load_incidents(tx, {.limit = 2}); });
    REQUIRE(page.size() == 2);
    CHECK(list({.before = page.back().id, .limit = 2}) == Rows{{1, 2}, {2, 1}});
}

TEST_CASE("the first node's secret is everyone's, and a salt is gone after 48 hours") {
    const tests::PrivateDatabase place;
    Database database{place.serving()};
    const auto keep = [&](const std::string& fresh) {
        return database.run([&](Transaction& tx) { return storage::keep_secret(tx, "token_key", fresh); });
    };
    const std::string first(32, '\0');
    CHECK(keep(first) == first);
    CHECK(keep(std::string(32, 'b')) == first);
    const auto day = std::chrono::floor<std::chrono::days>(noon);
    const auto salt = [&](const std::string& fresh) {
        return database.run([&](Transaction& tx) { return storage::keep_salt(tx, day, fresh); });
    };
    CHECK(salt(std::string(32, 'c')) == std::string(32, 'c'));
    CHECK(salt(std::string(32, 'd')) == std::string(32, 'c'));
    database.run([&](Transaction& tx) { storage::retain(tx, day + 47h); });
    CHECK(place.ask("select count(*) from reporter_salt") == "1");
    database.run([&](Transaction& tx) { storage::retain(tx, day + 48h); });
    CHECK(place.ask("select count(*) from reporter_salt") == "0");
}

TEST_CASE("the bins of one service are read by its own key, however often, and not those of all others") {
    const tests::PrivateDatabase place;
    Database database{place.serving(1)};
    place.ask(
        "insert into bin (service_id, minute, reports) "
        "select service, '2026-01-22Z'::timestamptz + make_interval(mins => minute), minute % 3 "
        "from generate_series(1, 40) as service, generate_series(0, 2499) as minute order by minute, service");
    place.ask("analyze bin");
    const auto from = minute_of(noon - 12h);
    // From the sixth time on PostgreSQL may plan without the values.
    for (int i = 0; i < 12; ++i)
        database.run([&](Transaction& tx) {
            CHECK(storage::load_counts(tx, 7, from + 1min, from + 2400min).size() == 2399);
            CHECK(storage::load_bins(tx, 7, from + 1min, from + 2400min).size() == 2399);
            const auto scans = tx.exec("select pg_stat_get_xact_numscans('bin_minute'::regclass)");
            CHECK(scans[0][0].as<int>() == 0);
        });
    const auto counts =
        database.run([&](Transaction& tx) { return storage::load_counts(tx, 40, from + 1min, from + 4min); });
    CHECK(counts == std::vector<std::uint32_t>{1, 2, 0});
}

TEST_CASE("one transaction tells at a time, and one that hangs does not keep the others waiting for long") {
    const tests::PrivateDatabase place;
    Database database{place.serving(2)};
    const auto patience = [](Transaction& tx) {
        return tx.exec("show idle_in_transaction_session_timeout")[0][0].as<std::string>();
    };
    database.run([&](Transaction& tx) {
        CHECK(storage::lock_telling(tx));
        CHECK(patience(tx) == "30s");
        database.run([&](Transaction& other) { CHECK_FALSE(storage::lock_telling(other)); });
    });
    database.run([&](Transaction& tx) {
        CHECK(patience(tx) == "0");
        CHECK(storage::lock_telling(tx));
    });
}
