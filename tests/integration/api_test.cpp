// tests/integration/api_test.cpp: the API on real parts: a database, a tally, a board and a clock that is moved
// by hand.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "server/api/routes.hpp"
#include "server/api/timestamps.hpp"
#include "server/http/target.hpp"
#include "server/live/tally.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/journal.hpp"
#include "server/storage/quiet.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

/// One installation, asked through its router.
struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Tally tally{context.get_executor(), database, clock};
    live::Pulse pulse{context.get_executor(), database, hub, clock};
    ingest::Admission admission;
    ingest::BatchWriter writer{context.get_executor(), [this](auto batch) { return commit(batch); }};
    std::unique_ptr<http::Router> router;
    int people = 0;

    House() {
        add_service("mail", "Mail", "Office");
        add_service("chat", "Chat", "Office", "mail");
        add_service("games", "Games", "Play");
        std::vector<storage::ServiceBin> history;
        for (Minute at = noon - 14 * 24h; at < noon; at += 7min)
            history.push_back({1, {.minute = at, .reports = 1}});
        database.run([&](storage::Transaction& tx) { storage::import_bins(tx, history); });
        count();
        tests::await(context, pulse.load());
        const api::Parts parts{.pulse = pulse,
                               .database = database,
                               .admission = admission,
                               .writer = writer,
                               .events = hub,
                               .clock = clock,
                               .secrets = [] { return ingest::ReporterSecrets{}; }};
        router = tests::bare_router(api::routes(parts));
    }

    void add_service(const std::string& slug, const std::string& name, const std::string& group,
                     const std::string& parent = {}) {
        storage::Service service;
        service.slug = slug;
        service.name = name;
        service.group = group;
        service.aliases = {slug + " online"};
        service.categories = {{0, "login", "Signing in"}, {0, "sending", "Sending"}};
        database.run([&](storage::Transaction& tx) {
            for (const auto& other : storage::load_services(tx)) {
                if (other.slug == parent) service.parent = other.id;
            }
            storage::put_service(tx, service, noon - 14 * 24h);
        });
    }
    boost::asio::awaitable<void> commit(std::shared_ptr<const std::string> batch) {
        const auto append = [batch](storage::Transaction& tx) { storage::append_journal(tx, 1, *batch); };
        co_await database.transact(append);
    }
    void count() {
        while (tests::await(context, tally.cycle())) {
        }
    }
    /// The next minute of the clock: what was reported is counted and judged.
    void pass_minute() {
        clock = live::Clock{clock.now() + 1min, 0};
        count();
        tests::await(context, pulse.look());
    }

    http::Response ask(http::Method method, std::string target, std::string body = {},
                       http::Fields headers = {}) {
        http::Request request;
        request.method = method;
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.body = std::move(body);
        // Everyone reports from a network of their own.
        request.client = boost::asio::ip::make_address_v4(0x0b000000u + (static_cast<unsigned>(++people) << 8));
        return tests::await(context, router->handle(std::move(request)));
    }
    http::Response get(std::string target) { return ask(http::Method::get, std::move(target)); }
    json read(std::string target) {
        const auto answer = get(target);
        INFO(target << " " << (answer.body ? *answer.body : ""));
        REQUIRE(answer.status == 200);
        return json::parse(*answer.body);
    }
    http::Response report(const std::string& slug, const json& body) {
        return ask(http::Method::post, "/api/v1/services/" + slug + "/reports", body.dump(),
                   {{"content-type", "application/json"}});
    }
    void report_many(const std::string& slug, const json& body, int people_count) {
        for (int i = 0; i < people_count; ++i) REQUIRE(report(slug, body).status == 202);
    }
    long number(const std::string& sql) const { return std::stol(place.ask(sql)); }
};

long sum(const json& values) {
    long total = 0;
    for (const auto& value : values) total += value.get<long>();
    return total;
}

std::string series(const std::string& step, const std::string& more = {}) {
    return "/api/v1/services/mail/series?step=" + step + more;
}

}  // namespace

TEST_CASE("what was acknowledged is what the series, the list and the breakdown tell") {
    House house;
    house.report_many("mail", {{"category", "login"}, {"region", "DE-BE"}}, 12);
    house.report_many("mail", {{"category", "sending"}}, 3);
    house.report_many("mail", json::object(), 6);
    house.report_many("mail", {{"works", true}}, 7);
    for (int i = 0; i < 3; ++i) house.pass_minute();

    const auto minutes = house.read(series("1m", "&from=2026-01-22T12:00:00Z"));
    CHECK(minutes["start"] == "2026-01-22T12:00:00Z");
    CHECK(minutes["reports"][0] == 21);
    CHECK(minutes["works"][0] == 7);
    CHECK(minutes["complete_until"] == "2026-01-22T12:02:00Z");

    const auto list = house.read("/api/v1/services");
    REQUIRE(list["data"].size() == 3);
    CHECK(list["data"][2]["slug"] == "mail");
    CHECK(list["data"][2]["reports_15m"] == 22);  // and the last one of the ordinary days before
    CHECK(list["data"][2]["spark"].size() == 24);

    const std::string since = "&from=2026-01-22T12:00:00Z";
    const auto shares = house.read("/api/v1/services/mail/breakdown?by=category" + since);
    CHECK(shares["total"] == 21);
    CHECK(shares["not_said"] == 6);
    CHECK(shares["data"] == json::parse(R"([{"key":"login","label":"Signing in","count":12,"share":0.5714}])"));
    CHECK(shares["suppressed"] == 1);
    CHECK(house.read("/api/v1/services/mail/breakdown?by=region" + since)["data"][0]["key"] == "DE-BE");

    CHECK(house.read(series("15m", since + "&category=login"))["reports"][0] == 12);
    CHECK(house.read(series("15m", since + "&category=sending"))["reports"][0] == nullptr);
    CHECK(house.read(series("15m", since + "&region=DE-BE&category=login"))["reports"][0] == 12);
    CHECK_FALSE(house.read(series("15m", since + "&region=de-be")).contains("expected"));
}

TEST_CASE("messages are told once five people wrote alike, and never before") {
    House house;
    const json body{{"message", "451 4.3.2 Temporary server issue at 12:01"}};
    house.report_many("mail", body, 4);
    house.report_many("mail", {{"message", "mine alone: ana@example.org"}}, 1);
    house.pass_minute();
    CHECK(house.read("/api/v1/services/mail/messages")["data"].empty());
    house.report_many("mail", {{"message", "451 4.3.2 temporary server issue!"}}, 1);
    house.pass_minute();
    const auto groups = house.read("/api/v1/services/mail/messages");
    REQUIRE(groups["data"].size() == 1);
    CHECK(groups["data"][0]["example"] == "451 4.3.2 Temporary server issue at …");
    CHECK(groups["data"][0]["count"] == 5);
    CHECK(groups["data"][0]["last_seen"] == "2026-01-22T12:01:00Z");
    CHECK(house.get("/api/v1/services/nowhere/messages").status == 404);
    CHECK(house.get("/api/v1/services/mail/messages?limit=3").status == 400);
}

TEST_CASE("coarse steps are sums of fine ones, across the edge between storage and board") {
    House house;
    house.report_many("mail", json::object(), 9);
    for (int i = 0; i < 2; ++i) house.pass_minute();
    const std::string span = "&from=2026-01-19T00:00:00Z&to=2026-01-22T12:00:00Z";
    const auto fine = house.read(series("1m", span))["reports"];
    CHECK(fine.size() == 84 * 60);
    for (const auto& [step, minutes] : {std::pair{"5m", 5}, std::pair{"15m", 15}, std::pair{"1h", 60}}) {
        INFO(step);
        const auto coarse = house.read(series(step, span))["reports"];
        REQUIRE(coarse.size() * static_cast<std::size_t>(minutes) == fine.size());
        CHECK(sum(coarse) == sum(fine));
        for (std::size_t i = 0; i < coarse.size(); ++i) {
            long in_fine = 0;
            for (int k = 0; k < minutes; ++k)
                in_fine +=
                    fine[i * static_cast<std::size_t>(minutes) + static_cast<std::size_t>(k)].get<long>();
            if (in_fine != coarse[i]) FAIL("step " << i << ": " << in_fine << " and " << coarse[i]);
        }
    }
}

TEST_CASE("the three formats of a series say the same") {
    House house;
    house.report_many("mail", json::object(), 9);
    for (int i = 0; i < 2; ++i) house.pass_minute();
    const std::string from = "&from=2026-01-22T11:00:00Z";
    const auto columns = house.read(series("15m", from));
    const auto rows = house.read(series("15m", from + "&format=rows"))["data"];
    REQUIRE(rows.size() == columns["reports"].size());
    CHECK(rows.back()["complete"] == false);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i]["reports"] == columns["reports"][i]);
        CHECK(rows[i]["expected"] == columns["expected"][i]);
        CHECK(rows[i]["low"] <= rows[i]["high"]);
    }
    const auto csv = house.get(series("15m", from + "&format=csv"));
    CHECK(csv.header("content-type") == "text/csv; charset=utf-8");
    CHECK(csv.header("content-disposition") == "attachment; filename=\"mail.csv\"");
    CHECK(std::count(csv.body->begin(), csv.body->end(), '\n') == static_cast<long>(rows.size()) + 1);
}

TEST_CASE("an incident can be listed, filtered and read, with the reasons for it") {
    House house;
    for (int i = 0; i < 12; ++i) {
        house.report_many("mail", json::object(), 40);
        house.pass_minute();
    }
    const auto list = house.read("/api/v1/incidents");
    REQUIRE(list["data"].size() == 1);
    const auto incident = list["data"][0];
    CHECK(incident["service"] == json::parse(R"({"slug":"mail","name":"Mail"})"));
    CHECK(incident["state"] == "open");
    CHECK(incident["closed"] == nullptr);
    CHECK(incident["reasons"]["observed"].get<long>() >= 40);
    CHECK(incident["reasons"]["score"] >= incident["reasons"]["threshold"]);
    const auto alone = house.read("/api/v1/incidents/" + incident["id"].get<std::string>());
    for (const auto& [key, value] : incident.items()) CHECK(alone[key] == value);
    REQUIRE(alone["timeline"].size() >= 1);
    CHECK(alone["timeline"][0]["event"] == "opened");
    CHECK(alone["timeline"][0]["state"] == "spike");
    CHECK(alone["timeline"][0]["reports_15m"] == incident["reasons"]["observed"]);
    CHECK(alone["related"].empty());
    CHECK(alone["annotations"].empty());
    CHECK(alone["ended_by"] == nullptr);
    CHECK(house.read("/api/v1/incidents?state=open&service=mail")["data"].size() == 1);
    CHECK(house.read("/api/v1/incidents?state=closed")["data"].empty());
    CHECK(house.read("/api/v1/incidents?service=chat")["data"].empty());
    CHECK(house.read("/api/v1/incidents?since=2026-01-22T13:00:00Z")["data"].size() == 1);  // still open then

    const auto service = house.read("/api/v1/services/mail");
    CHECK(service["state"] == "spike");
    CHECK(service["incident"]["id"] == incident["id"]);
    CHECK(service["children"] ==
          json::parse(R"([{"slug":"chat","name":"Chat","state":"normal","reports_state":"normal"}])"));
    CHECK(service["problem_categories"][1] == json::parse(R"({"key":"sending","label":"Sending"})"));
    CHECK(house.read("/api/v1/services/chat")["parent"]["slug"] == "mail");
    CHECK(house.read("/api/v1/services?state=spike")["data"].size() == 1);
}

TEST_CASE("a list is walked page by page, each service once") {
    House house;
    std::vector<std::string> seen;
    std::string query = "?limit=2";
    for (int page = 0; page < 5 && !query.empty(); ++page) {
        const auto answer = house.get("/api/v1/services" + query);
        const auto body = json::parse(*answer.body);
        for (const auto& line : body["data"]) seen.push_back(line["slug"]);
        const auto link = std::string(answer.header("link"));
        CHECK(link.empty() == body["next"].is_null());
        query = link.empty() ? "" : link.substr(1, link.find('>') - 1);
    }
    CHECK(seen == std::vector<std::string>{"chat", "games", "mail"});
    CHECK(house.read("/api/v1/services?q=GAM")["data"].size() == 1);
    CHECK(house.read("/api/v1/services?q=mail%20online")["data"].size() == 1);
    CHECK(house.read("/api/v1/services?category=office")["data"].size() == 2);
    CHECK(house.read("/api/v1/services?q=nothing")["data"].empty());
}

TEST_CASE("every bad request is a 4xx problem whose type resolves, and leaves no row behind") {
    using http::Method;
    struct Bad {
        Method method;
        std::string target, body;
        unsigned status;
        std::string says;
        http::Fields headers = {{"content-type", "application/json"}};
    };
    const std::string reports = "/api/v1/services/mail/reports";
    const std::vector<Bad> bad{
        {Method::post, reports, R"({"works":"yes"})", 422, "/works"},
        {Method::post, reports, R"({"message":7})", 422, "/message"},
        {Method::post, reports, R"({"colour":"red"})", 422, "/colour"},
        {Method::post, reports, R"({"category":"colour"})", 422, "login, sending"},
        {Method::post, reports, "{\"message\":\"\xc3\x28\"}", 400, "errors"},
        {Method::post, reports, R"({"message":"a\u0000b"})", 422, "/message"},
        {Method::post, reports, R"({"message":)", 400, "errors"},
        {Method::post, reports, "{}", 415, "application/json", {{"content-type", "text/plain"}}},
        {Method::post, reports, "{}", 415, "application/json", {}},
        {Method::post, "/api/v1/services/nobody/reports", "{}", 404, "nobody"},
        {Method::put, reports, "{}", 405, "405"},
        {Method::get, reports, "", 405, "405"},
        {Method::delete_, "/api/v1/services/mail", "", 405, "405"},
        {Method::get, "/api/v1/services/nobody", "", 404, "nobody"},
        {Method::get, "/api/v1/services/nobody/series", "", 404, "nobody"},
        {Method::get, "/api/v1/services/nobody/breakdown", "", 404, "nobody"},
        {Method::get, "/api/v1/services?colour=red", "", 400, "?colour"},
        {Method::get, "/api/v1/services?limit=1000", "", 400, "?limit"},
        {Method::get, "/api/v1/services?cursor=nobody", "", 400, "?cursor"},
        {Method::get, "/api/v1/services?state=fine", "", 400, "?state"},
        {Method::get, "/api/v1/services/mail?x=1", "", 400, "?x"},
        {Method::get, "/api/v1/services/mail/series?step=2m", "", 400, "1m, 5m"},
        {Method::get, "/api/v1/services/mail/series?from=yesterday", "", 400, "?from"},
        {Method::get, "/api/v1/services/mail/series?from=2026-01-22T13:00:00Z", "", 400, "?from"},
        {Method::get, "/api/v1/services/mail/series?step=1m&from=1970-01-01", "", 400, "?from"},
        {Method::get, "/api/v1/services/mail/series?step=1m&from=-99999-01-01", "", 400, "?from"},
        {Method::get, "/api/v1/services/mail/series?to=99999999-01-01T00:00:00Z", "", 400, "?to"},
        {Method::get, "/api/v1/services/mail/series?from=2026-01-22T13:00:00Z&to=2026-01-22T12:00:00Z", "", 400,
         "?from"},
        {Method::get, "/api/v1/services/mail/series?category=colour", "", 400, "?category"},
        {Method::get, "/api/v1/services/mail/series?region=Berlin", "", 400, "?region"},
        {Method::post, reports + "?colour=red", "{}", 400, "?colour"},
        {Method::get, "/api/v1/services/mail/series?format=xml", "", 400, "?format"},
        {Method::get, "/api/v1/services/mail/breakdown?by=shoe-size", "", 400, "?by"},
        {Method::get, "/api/v1/incidents?service=nobody", "", 400, "?service"},
        {Method::get, "/api/v1/incidents?cursor=1", "", 400, "?cursor"},
        {Method::get, "/api/v1/incidents/1", "", 404, "'1'"},
        {Method::get, "/api/v1/incidents/019be000-0000-7000-8000-000000000000", "", 404, "019be000"},
        {Method::get, "/api/v1/incidents/1/series", "", 404, "'1'"},
        {Method::get, "/api/v1/incidents/019be000-0000-7000-8000-000000000000/series", "", 404, "019be000"},
        {Method::get, "/api/v1/incidents/019be000-0000-7000-8000-000000000000/series?step=1m", "", 400,
         "?step"},
        {Method::get, "/api/v1/events?services=nobody", "", 400, "?services"},
        {Method::get, "/api/v1/services", "", 406, "application/json", {{"accept", "text/html"}}},
        {Method::get, "/api/problems/nothing", "", 404, "type"},
    };
    House house;
    std::set<std::string> types;
    for (const auto& each : bad) {
        INFO(each.target << " " << each.body);
        const auto answer = house.ask(each.method, each.target, each.body, each.headers);
        CHECK(answer.status == each.status);
        REQUIRE(answer.header("content-type") == "application/problem+json");
        INFO(*answer.body);
        CHECK(answer.body->find(each.says) != std::string::npos);
        CHECK_FALSE(answer.header("x-request-id").empty());
        types.insert(json::parse(*answer.body)["type"]);
    }
    CHECK(types.size() >= 8);
    for (const auto& type : types) {
        INFO(type);
        CHECK(house.get(type).status == 200);
    }
    CHECK(house.number("select count(*) from journal") == 0);
    house.pass_minute();
    CHECK(house.number("select count(*) from report") == 0);
}

TEST_CASE("public answers can be kept by anyone, until the data behind them changes") {
    House house;
    for (const std::string target :
         {"/api/v1/services", "/api/v1/services/mail", "/api/v1/services/mail/series",
          "/api/v1/services/mail/breakdown", "/api/v1/incidents"}) {
        INFO(target);
        const auto first = house.get(target);
        CHECK(first.status == 200);
        CHECK(first.header("cache-control") == "public, max-age=15, stale-while-revalidate=60");
        CHECK(first.header("access-control-allow-origin") == "*");
        const std::string etag(first.header("etag"));
        CHECK(house.ask(http::Method::get, target, {}, {{"if-none-match", etag}}).status == 304);
    }
    const std::string target = "/api/v1/services/mail/series?step=1m";
    const std::string before(house.get(target).header("etag"));
    house.report_many("mail", json::object(), 1);
    house.pass_minute();
    CHECK(house.get(target).header("etag") != before);
}

TEST_CASE("the same request sent again counts once") {
    House house;
    const http::Fields headers{{"content-type", "application/json"}, {"idempotency-key", "tap-1"}};
    http::Request request;
    for (int i = 0; i < 5; ++i) {
        house.people = 0;  // the same person each time
        CHECK(house.ask(http::Method::post, "/api/v1/services/chat/reports", "{}", headers).status == 202);
    }
    house.pass_minute();
    CHECK(house.number("select count(*) from report") == 1);
    CHECK(house.number("select sum(reports) from bin where service_id = 2") == 1);
}

TEST_CASE("whoever listens hears what changes, from the event they last saw") {
    House house;
    const auto hear = [&](http::Fields headers) {
        auto answer = house.ask(http::Method::get, "/api/v1/events?services=mail", {}, std::move(headers));
        REQUIRE(answer.status == 200);
        REQUIRE(answer.stream);
        return answer;
    };
    auto listener = hear({});
    house.hub.publish({"counts", "chat", R"({"n":1})"});
    house.hub.publish({"counts", "mail", R"({"n":2})"});
    const auto frame = tests::await(house.context, listener.stream->next());
    REQUIRE(frame);
    CHECK(frame->find("event: counts") != std::string::npos);
    CHECK(frame->find(R"(data: {"n":2})") != std::string::npos);
    const auto at = frame->find("id: ");
    REQUIRE(at != std::string::npos);
    const auto id = frame->substr(at + 4, frame->find('\n', at) - at - 4);

    house.hub.publish({"state", "mail", R"({"n":3})"});
    auto returning = hear({{"last-event-id", id}});
    CHECK(tests::await(house.context, returning.stream->next())->find(R"(data: {"n":3})") != std::string::npos);
}

TEST_CASE("health says that the process lives, readiness that it can serve") {
    House house;
    CHECK(house.read("/healthz")["status"] == "ok");
    CHECK(house.read("/readyz")["status"] == "ready");
    CHECK(house.get("/healthz").header("cache-control") == "no-store");
}

TEST_CASE(
    "work on a service is its state while it lasts, in the list and alone; what users report stays beside it") {
    House house;
    const auto announce = [&](storage::ServiceId service, std::chrono::minutes from, std::chrono::minutes to,
                              const std::string& title) {
        return house.database.run([&](storage::Transaction& tx) {
            return storage::add_maintenance(tx,
                                            {.service = service,
                                             .starts = noon + from,
                                             .ends = noon + to,
                                             .title = title,
                                             .by_whom = "mara"},
                                            house.clock.now());
        });
    };
    const auto states = [&](const std::string& query) {
        std::string all;
        const auto list = house.read("/api/v1/services" + query);
        for (const auto& service : list["data"])
            all += service["slug"].get<std::string>() + "=" + service["state"].get<std::string>() + " ";
        return all;
    };
    announce(1, 5min, 30min, "New disks");
    announce(1, 24 * 60min, 25 * 60min, "More disks");
    announce(1, 8 * 24 * 60min, 9 * 24 * 60min, "Next week but one");
    house.pass_minute();
    auto mail = house.read("/api/v1/services/mail");
    CHECK(mail["state"] == "normal");
    CHECK(mail["maintenance"].is_null());
    REQUIRE(mail["maintenance_ahead"].size() == 2);
    CHECK(
        mail["maintenance_ahead"][0] ==
        json::parse(R"({"title":"New disks","starts":"2026-01-22T12:05:00Z","ends":"2026-01-22T12:30:00Z"})"));

    for (int i = 0; i < 6; ++i) house.pass_minute();
    CHECK(states("?state=maintenance") == "chat=maintenance mail=maintenance ");  // a part with its whole
    CHECK(states("?state=spike").empty());
    CHECK(states("").find("games=maintenance") == std::string::npos);
    for (int i = 0; i < 8; ++i) house.report_many("mail", {{"category", "login"}}, 40), house.pass_minute();
    mail = house.read("/api/v1/services/mail");
    CHECK(mail["state"] == "maintenance");
    CHECK(mail["reports_state"] == "spike");
    CHECK(mail["maintenance"]["title"] == "New disks");
    CHECK(mail["reports_15m"] > 200);
    CHECK(mail["incident"]["state"] == "open");  // counted and recorded as ever
    CHECK(mail["children"][0]["state"] == "maintenance");
    CHECK(states("?state=spike").empty());
    for (int i = 0; i < 17; ++i) house.pass_minute();
    mail = house.read("/api/v1/services/mail");
    CHECK(mail["state"] == mail["reports_state"]);
    CHECK(mail["maintenance"].is_null());
    CHECK(mail["maintenance_ahead"].size() == 1);
}

TEST_CASE("an incident that is told as a part of another says so, and so does the other") {
    House house;
    for (int i = 0; i < 10; ++i) {
        house.report_many("mail", {{"category", "login"}}, 40);
        house.report_many("chat", {{"category", "login"}}, 40);
        house.pass_minute();
    }
    const auto id_of = [&](int service) {
        return house.place.ask("select id from incident where service_id = " + std::to_string(service));
    };
    const auto whole = id_of(1), part = id_of(2);
    REQUIRE(!part.empty());
    CHECK(house.read("/api/v1/incidents/" + part)["merged_into"].is_null());
    house.database.run([&](storage::Transaction& tx) {
        return storage::merge_incident(tx, part, whole, "mara", house.clock.now());
    });
    house.pass_minute();
    const auto told = house.read("/api/v1/incidents/" + part);
    CHECK(told["merged_into"]["id"] == whole);
    CHECK(told["merged_into"]["service"]["slug"] == "mail");
    CHECK(told["merged_into"]["since"] == "2026-01-22T12:10:00Z");
    CHECK(told["merged"].empty());
    const auto other = house.read("/api/v1/incidents/" + whole);
    CHECK(other["merged_into"].is_null());
    REQUIRE(other["merged"].size() == 1);
    CHECK(other["merged"][0]["id"] == part);
    CHECK(other["merged"][0]["service"]["slug"] == "chat");
    std::string in_list;
    const auto list = house.read("/api/v1/incidents");
    for (const auto& each : list["data"]) in_list += each["merged_into"].is_null() ? "whole " : "part ";
    CHECK(in_list.find("part") != std::string::npos);
    CHECK(in_list.find("whole") != std::string::npos);
}
