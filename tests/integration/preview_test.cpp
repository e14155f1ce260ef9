// tests/integration/preview_test.cpp: what a draft would have changed, on real parts: bins that a tally
// counted, incidents that a board declared, tokens that a database keeps.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "server/live/recorded.hpp"
#include "server/live/tally.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/operator/tuning/foresight.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/people.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using analytics::DetectorSettings;
using http::Method;
using nlohmann::json;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const std::string preview_address = "/api/v1/admin/services/mail/detector/preview";

/// One service with two weeks of ordinary noise, a tally, a board and a clock that is moved by hand.
struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Tally tally{context.get_executor(), database, clock};
    std::unique_ptr<live::Pulse> pulse;
    std::unique_ptr<http::Router> router;
    std::mt19937 random;
    int people = 0;

    explicit House(std::uint32_t seed = 7) : random(seed) {
        storage::Service service;
        service.slug = service.name = "mail";
        service.zone = "Europe/Berlin";
        std::vector<storage::ServiceBin> history;
        for (Minute at = noon - 14 * 24h; at < noon - 1min; at += 1min)
            if (random() % 4 == 0) history.push_back({1, {.minute = at, .reports = 1 + noise()}});
        database.run([&](storage::Transaction& tx) {
            storage::put_service(tx, service, noon - 14 * 24h);
            storage::import_bins(tx, history);
        });
        tests::await(context, tally.cycle());
        restart();
    }

    /// As after a crash: a new board learns from what is stored.
    void restart() {
        pulse = std::make_unique<live::Pulse>(context.get_executor(), database, hub, clock);
        tests::await(context, pulse->load());
        const auto renderer = pages::make_renderers("", "").front();
        auto routes =
            operators::routes({.pulse = *pulse, .database = database, .clock = clock, .renderer = renderer});
        const auto reached = [](const http::Request&,
                                const operators::Actor&) -> boost::asio::awaitable<http::Response> {
            co_return http::content("text/plain", "reached");
        };
        std::vector<operators::GuardedRoute> more{{Method::get,
                                                   "/api/v1/admin/for-admins",
                                                   {operators::Role::admin, operators::admin_scope},
                                                   reached}};
        for (auto& route :
             operators::guarded(std::move(more), {.database = database, .clock = clock, .renderer = renderer}))
            routes.push_back(std::move(route));
        router = tests::bare_router(std::move(routes));
    }

    std::uint32_t noise() { return random() % 4 == 0 ? 1 : 0; }

    void minute(std::uint32_t count) {
        std::vector<ingest::Report> reports;
        for (std::uint32_t i = 0; i < count; ++i)
            reports.push_back(tests::report_of(++people, 1, clock.now() + 10ms * static_cast<int>(i)));
        if (!reports.empty()) tests::put_in_journal(database, reports);
        clock = live::Clock{clock.now() + 1min, 0};
        while (tests::await(context, tally.cycle())) {
        }
        tests::await(context, pulse->look());
    }

    void set(const DetectorSettings& settings) {
        database.run(
            [&](storage::Transaction& tx) { storage::put_settings(tx, 1, settings, "", clock.now()); });
    }

    std::string add_token(const std::string& name, std::string_view scope) {
        const auto token = operators::make_token();
        database.run([&](storage::Transaction& tx) {
            REQUIRE(storage::put_token(tx, {.name = name,
                                            .hash = operators::hash_secret(token),
                                            .scopes = {std::string(scope)},
                                            .made = clock.now()}));
        });
        return token;
    }

    http::Response ask(Method method, std::string target, std::string body, const std::string& authorization,
                       std::string type = "application/json") {
        http::Request request;
        request.method = method;
        request.target = std::move(target);
        request.headers = {{"content-type", std::move(type)}};
        if (!authorization.empty()) request.headers.emplace_back("authorization", authorization);
        request.body = std::move(body);
        return tests::await(context, router->handle(std::move(request)));
    }
    unsigned status(const std::string& authorization, const std::string& target = preview_address) {
        return ask(target == preview_address ? Method::post : Method::get, target, "{}", authorization).status;
    }

    storage::Service mail() {
        return database.run([](storage::Transaction& tx) { return storage::load_services(tx).at(0); });
    }
    operators::Foresight foresee(const DetectorSettings& draft, std::chrono::minutes window) {
        const auto service = mail();
        return operators::foresee(service, draft, database.run([&](storage::Transaction& tx) {
            return live::load_recorded(tx, service, window);
        }));
    }
    std::chrono::minutes since_noon() const { return minute_of(clock.now()) - noon; }

    /// What the board declared, in words.
    std::vector<std::string> declared();
};

std::string in_words(const analytics::Incident& incident) {
    const auto at = [](Minute minute) { return std::to_string((minute - noon).count()); };
    const auto& why = incident.reasons;
    char reasons[200];
    std::snprintf(reasons, sizeof reasons, "%u of %.17g (%.17g to %.17g) score %.17g over %.17g", why.observed,
                  why.expected, why.low, why.high, why.score, why.threshold);
    const bool closed = incident.phase == analytics::Phase::closed;
    return at(incident.began) + " opened " + at(incident.opened) + " closed " +
           (closed ? at(incident.closed) : "not") + " peak " + std::to_string(incident.peak) + " at " +
           at(incident.peak_at) + " total " + std::to_string(incident.total) + ": " + reasons;
}

std::vector<std::string> in_words(const std::vector<analytics::Incident>& incidents) {
    std::vector<std::string> words;
    for (const auto& incident : incidents) words.push_back(in_words(incident));
    return words;
}

std::vector<std::string> House::declared() {
    auto records = database.run(
        [](storage::Transaction& tx) { return storage::load_incidents(tx, {.service = 1, .limit = 200}); });
    std::reverse(records.begin(), records.end());
    std::vector<std::string> words;
    for (const auto& record : records) {
        auto incident = record.incident;
        const auto standing = tests::await(
            context, pulse->read([](const analytics::Board& board) { return board.standing(1).incident; }));
        // Of an open incident the record keeps up with peaks alone; the board has its total.
        if (incident.phase != analytics::Phase::closed) incident.total = standing.total;
        words.push_back(in_words(incident));
    }
    return words;
}

DetectorSettings any_settings(std::mt19937& random) {
    return {.false_alarms_per_year = .05 * (1 << (random() % 13)),
            .least_reports = 1 + static_cast<std::uint32_t>(random() % 60),
            .hold = std::chrono::minutes{random() % 4 == 0 ? random() % 10 : 0},
            .clear = std::chrono::minutes{1 + random() % 40}};
}

}  // namespace

TEST_CASE("a backtest of stored bins is what the board declared, through changes of settings and restarts") {
    std::size_t found = 0;
    for (const std::uint32_t seed : {21, 22, 23}) {
        House house(seed);
        auto& random = house.random;
        for (int i = 0; i < 520; ++i) {
            const bool outage = i % 170 >= 20 && i % 170 < 35;
            house.minute(house.noise() + (outage ? static_cast<std::uint32_t>(random() % 25) : 0));
            if (random() % 60 == 0) house.set(any_settings(random));
            if (random() % 90 == 0) house.restart();
        }
        const auto foresight = house.foresee(any_settings(random), house.since_noon());
        INFO("seed " << seed);
        CHECK(in_words(foresight.comparison.saved) == house.declared());
        found += foresight.comparison.saved.size();
    }
    CHECK(found >= 6);
}

TEST_CASE(
    "an incident that an operator closed stays closed until a new rise, on every board and in every replay") {
    House house(41);
    const auto open = [&] {
        return house.database.run(
            [](storage::Transaction& tx) { return storage::load_incidents(tx, {.service = 1, .open = true}); });
    };
    const auto minutes = [&](int n, std::uint32_t count) {
        for (int i = 0; i < n; ++i) house.minute(house.noise() + count);
    };
    minutes(20, 0);
    minutes(10, 20);
    const auto risen = open();
    REQUIRE(risen.size() == 1);
    house.database.run([&](storage::Transaction& tx) {
        CHECK(storage::end_incident(tx, risen[0].id, "mara", house.clock.now()));
        CHECK_FALSE(storage::end_incident(tx, risen[0].id, "jo", house.clock.now()));
    });
    minutes(2, 20);
    CHECK(open().empty());
    CHECK(house.place.ask("select ending from incident") == "operator");
    CHECK(house.place.ask("select count(*) from outbox where kind = 'incident.closed'") == "1");
    minutes(10, 20);
    house.restart();  // learns of it from what is stored
    minutes(10, 20);
    CHECK(open().empty());
    minutes(240, 0);
    minutes(15, 25);
    CHECK(open().size() == 1);
    CHECK(house.place.ask("select count(*) from incident") == "2");
    const auto foresight = house.foresee(house.mail().settings, house.since_noon());
    CHECK(in_words(foresight.comparison.saved) == house.declared());
    CHECK(in_words(foresight.comparison.draft) == house.declared());
}

TEST_CASE("what a draft is said to bring is what it brings once it is saved") {
    House drafted(31), saved(31);
    const DetectorSettings draft{.false_alarms_per_year = 4, .least_reports = 12, .hold = 2min, .clear = 9min};
    saved.set(draft);
    for (int i = 0; i < 320; ++i) {
        const auto count = drafted.noise() + (i % 160 >= 20 && i % 160 < 40 ? 15u : 0u);
        drafted.minute(count);
        saved.minute(count);
    }
    const auto foresight = drafted.foresee(draft, drafted.since_noon() - 1min);
    CHECK(in_words(foresight.comparison.draft) == saved.declared());
    CHECK(foresight.comparison.draft.size() >= 2);
}

TEST_CASE("the preview answers with alerts of both, and tells nobody else") {
    House house;
    for (int i = 0; i < 60; ++i) house.minute(house.noise() + (i >= 20 && i < 35 ? 20u : 0u));
    const auto bearer = "Bearer " + house.add_token("tuner", operators::preview_scope);
    const auto before = house.place.ask("select count(*) from outbox");
    const auto answer = house.ask(Method::post, preview_address,
                                  R"({"params":{"least_reports":100000,"clear":5},"window":"1d"})", bearer);
    REQUIRE(answer.status == 200);
    CHECK(answer.header("cache-control") == "no-store");
    const auto body = json::parse(*answer.body);
    CHECK(body["summary"]["saved"] == 1);
    CHECK(body["summary"]["draft"] == 0);
    CHECK(body["removed"] == body["alerts"]["saved"]);
    CHECK(body["added"].empty());
    CHECK(body["params"]["draft"]["clear"] == 5);
    CHECK(body["to"] == "2026-01-22T12:59:00Z");
    CHECK(house.place.ask("select count(*) from outbox") == before);
    CHECK(house.place.ask("select count(*) from detector_settings") == "1");

    const auto later =
        json::parse(*house.ask(Method::post, preview_address, R"({"params":{"hold":4}})", bearer).body);
    CHECK(later["later"][0]["minutes_later"] == later["summary"]["minutes_later"]);
    CHECK(later["summary"]["minutes_later"] > 0);

    house.set({.clear = 5min});
    house.minute(0);
    house.minute(0);
    const auto moved = json::parse(*house.ask(Method::post, preview_address, "{}", bearer).body);
    CHECK(moved["to"] == "2026-01-22T13:01:00Z");  // nothing that was kept hides a new minute, or a change
    CHECK(moved["params"]["saved"]["clear"] == 5);
    CHECK(moved["versions"].size() == 2);
}

TEST_CASE("who has no token in force gets 401, who lacks the scope 403") {
    House house;
    const auto tuner = house.add_token("tuner", operators::preview_scope);
    const auto admin = house.add_token("admin", operators::admin_scope);
    CHECK(house.status("Bearer " + tuner) == 200);
    CHECK(house.status("bearer " + admin) == 200);
    CHECK(house.status("Bearer " + admin, "/api/v1/admin/for-admins") == 200);
    CHECK(house.status("Bearer " + tuner, "/api/v1/admin/for-admins") == 403);
    auto wrong = tuner;
    wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
    for (const auto& authorization :
         {std::string{}, std::string{"Bearer"}, "Basic " + tuner, tuner, "Bearer " + wrong, "Bearer  " + tuner,
          "Bearer " + tuner + " ", "Bearer " + operators::make_token(),
          "Bearer " + operators::hash_secret(tuner)}) {
        INFO(authorization);
        const auto answer = house.ask(Method::post, preview_address, "{}", authorization);
        CHECK(answer.status == 401);
        CHECK(answer.header("www-authenticate") == "Bearer realm=\"outcry\"");
    }
    house.database.run(
        [&](storage::Transaction& tx) { REQUIRE(storage::revoke_token(tx, "tuner", house.clock.now())); });
    CHECK(house.status("Bearer " + tuner) == 401);
    CHECK(house.add_token("tuner", operators::preview_scope) != tuner);
    CHECK(house.place.ask(
              "select count(*) from operator_token where position('outcry_' in encode(hash, 'escape')) > 0") ==
          "0");
}

TEST_CASE("a draft that breaks the rules is refused with the place and the range") {
    House house;
    const auto bearer = "Bearer " + house.add_token("tuner", operators::preview_scope);
    struct Bad {
        std::string body;
        unsigned status;
        std::string says;
    };
    for (const auto& [body, status, says] : std::initializer_list<Bad>{
             {R"({"params":{"hold":61}})", 422,
              R"("pointer":"/params/hold","detail":"hold is whole minutes from 0 to 60")"},
             {R"({"params":{"hold":"3"}})", 422, "/params/hold"},
             {R"({"params":{"false_alarms_per_year":1e300}})", 422, "from 0.05 to 366"},
             {R"({"params":{"least_reports":1.5,"colour":1}})", 422, "/params/colour"},
             {R"({"params":[]})", 422, "/params"},
             {R"({"window":"1y"})", 422, "1d to 90d"},
             {R"({"window":30})", 422, "/window"},
             {R"({"a/b~":1})", 422, "/a~1b~0"},
             {"[]", 422, "object"},
             {"{", 400, "JSON"},
             {"", 400, "JSON"}}) {
        INFO(body);
        const auto answer = house.ask(Method::post, preview_address, body, bearer);
        INFO(*answer.body);
        CHECK(answer.status == status);
        CHECK(answer.header("content-type") == "application/problem+json");
        CHECK(answer.body->find(says) != std::string::npos);
    }
    CHECK(house.ask(Method::post, preview_address, "{}", bearer, "text/plain").status == 415);
    CHECK(house.ask(Method::post, preview_address + "?x=1", "{}", bearer).status == 400);
    CHECK(house.ask(Method::post, "/api/v1/admin/services/nobody/detector/preview", "{}", bearer).status ==
          404);
    CHECK(house.ask(Method::post, "/api/v1/admin/services/nobody/detector/preview", "{}", "").status == 401);
}
