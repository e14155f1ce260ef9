// tests/integration/notification_console_test.cpp: targets, lines, messages, maintenance and silences as
// operators set them up, by program and by form; what is wrong is said beside its field.
#include <catch2/catch.hpp>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/live/event_hub.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/outbound/client.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/deliveries.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/new_id.hpp"
#include "server/storage/notifications.hpp"
#include "server/storage/sign_ins.hpp"
#include "server/storage/tokens.hpp"
#include "server/storage/users.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using http::Method;
using nlohmann::json;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const std::string hook = R"({"name":"ops","kind":"webhook","address":"http://127.0.0.2/hook"})";

struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Pulse pulse{context.get_executor(), database, hub, clock};
    // Names are really resolved; one address of loopback stands for the world outside.
    outbound::Client client{{.rules = outbound::AddressRules({"127.0.0.2"})}};
    std::unique_ptr<http::Router> router;
    std::string token = operators::make_token();
    std::string session = operators::make_secret(), viewer = operators::make_secret();

    House() {
        database.run([&](storage::Transaction& tx) {
            for (const auto* slug : {"mail", "chat"}) {
                storage::Service service;
                service.slug = service.name = slug;
                service.group = "Office";
                storage::put_service(tx, service, noon - 24h);
            }
            storage::put_token(tx, {.name = "tests",
                                    .hash = operators::hash_secret(token),
                                    .scopes = {std::string(operators::notifications_scope),
                                               std::string(operators::read_scope)},
                                    .made = noon});
            for (const auto& [name, role, secret] :
                 {std::tuple{"mara", "operator", session}, std::tuple{"vera", "viewer", viewer}})
                storage::add_sign_in(tx, operators::hash_secret(secret),
                                     storage::add_user(tx, name, role, noon).value(), noon);
        });
        tests::await(context, pulse.load());
        router = tests::bare_router(
            operators::routes({.pulse = pulse,
                               .database = database,
                               .clock = clock,
                               .renderer = pages::make_renderers("", "").front(),
                               .check_address = [this](const std::string& url) { return client.check(url); }}));
    }

    http::Response ask(Method method, const std::string& target, const std::string& body,
                       http::Fields headers) {
        http::Request request;
        request.method = method;
        request.target = target;
        request.headers = std::move(headers);
        request.headers.emplace_back("host", "status.example.org");
        request.body = body;
        return tests::await(context, router->handle(std::move(request)));
    }
    http::Response api(Method method, const std::string& what, const std::string& body = "") {
        return ask(method, "/api/v1/admin/" + what, body,
                   {{"authorization", "Bearer " + token}, {"content-type", "application/json"}});
    }
    json list(const std::string& what) { return json::parse(*api(Method::get, what).body)["data"]; }

    /// The status, and of a refusal each pointer.
    std::string sent(const std::string& what, const std::string& body, Method method = Method::post) {
        const auto response = api(method, what, body);
        auto answer = std::to_string(response.status);
        const auto problem = response.body ? json::parse(*response.body, nullptr, false) : json();
        if (response.status == 422)
            for (const auto& error : problem["errors"]) answer += " " + error["pointer"].get<std::string>();
        return answer;
    }
    std::string why(const std::string& what, const std::string& body) {
        return json::parse(*api(Method::post, what, body).body)["errors"][0]["detail"];
    }

    http::Response page(const std::string& path, const std::string& who) {
        return ask(Method::get, path, "", {{"cookie", "outcry_session=" + who}});
    }
    http::Response press(const std::string& path, const std::string& form, const std::string& who) {
        return ask(Method::post, path, form,
                   {{"cookie", "outcry_session=" + who},
                    {"x-csrf-token", operators::csrf_token(who)},
                    {"content-type", "application/x-www-form-urlencoded"}});
    }
    std::string count(const std::string& from) { return place.ask("select count(*) from " + from); }
};

std::string with_address(const std::string& address, const std::string& kind = "webhook") {
    return json{{"name", "ops"}, {"kind", kind}, {"address", address}}.dump();
}

}  // namespace

TEST_CASE("an address that leads inwards is refused when it is typed, with what it leads to") {
    House house;
    const std::vector<std::pair<std::string, std::string>> tricks{
        {"https://127.0.0.1/", "loopback"},
        {"https://2130706433/", "loopback"},
        {"https://0x7f.1/", "loopback"},
        {"https://localhost/", "loopback"},
        {"https://[::1]/", "loopback"},
        {"https://[::ffff:10.0.0.1]/", "private"},
        {"https://10.0.0.1/", "private"},
        {"https://169.254.169.254/latest/meta-data", "cloud metadata"},
        {"https://[64:ff9b::7f00:1]/", "NAT64"},
        {"http://8.8.8.8/", "use https"},
        {"ftp://example.org/", "https://"},
        {"https://user:pw@example.org/", "user and password"},
        {"hooks", "https://"}};
    for (const auto& [address, reason] : tricks) {
        CAPTURE(address);
        CHECK(house.sent("targets", with_address(address)) == "422 /address");
        CHECK_THAT(house.why("targets", with_address(address)), Contains(reason));
    }
    CHECK(house.count("notification_target") == "0");
    CHECK(house.sent("targets", with_address("http://127.0.0.2/")) == "201");
}

TEST_CASE("every field of a target says what is wrong with it") {
    House house;
    CHECK(house.sent("targets", "[]") == "400");
    CHECK(house.sent("targets", "{}") == "422 /name /kind");
    CHECK(house.sent("targets", R"({"name":"x","kind":"fax","address":"y"})") == "422 /kind");
    CHECK(house.sent("targets", R"({"name":"x","kind":"webhook","address":"http://127.0.0.2/","colour":1})") ==
          "422 /colour");
    CHECK(house.sent("targets",
                     R"({"name":"x","kind":"webhook","address":"http://127.0.0.2/","secret":"short"})") ==
          "422 /secret");
    CHECK(house.sent("targets",
                     R"({"name":"x","kind":"pagerduty","address":"http://127.0.0.2/","secret":"k"})") ==
          "422 /secret");
    CHECK(house.sent("targets", with_address("a@example.org\r\nBcc: b@example.org", "mail")) == "422 /address");
    CHECK(house.sent("targets", with_address("nobody", "mail")) == "422 /address");
    CHECK(house.sent("targets", with_address("a@example.org, b@example.org", "mail")) == "201");
    CHECK(house.sent("targets", with_address("a@example.org", "mail")) == "422 /name");  // taken
}

TEST_CASE("a secret is shown once; everything that is done stands in the audit log") {
    House house;
    const auto made = json::parse(*house.api(Method::post, "targets", hook).body);
    const auto secret = made["secret"].get<std::string>();
    CHECK(secret.starts_with("whsec_"));
    CHECK_FALSE(house.list("targets")[0].contains("secret"));
    const auto fresh = json::parse(*house.api(Method::post, "targets/1/secret").body)["secret"];
    CHECK(fresh != secret);
    CHECK(house.list("targets")[0]["old_secret_until"] == "2026-01-23T12:00:00Z");
    CHECK(house.sent("targets/1", R"({"name":"ops at night"})", Method::put) == "200");
    CHECK(house.sent("targets/1", R"({"kind":"slack"})", Method::put) == "422 /kind");
    CHECK(house.sent("targets/1/off", "") == "204");
    CHECK(house.sent("targets/1/test", "") == "404");  // it is off
    CHECK(house.sent("targets/1/on", "") == "204");
    CHECK(house.sent("targets/1/test", "") == "204");
    CHECK(house.sent("targets/1", "", Method::delete_) == "204");
    CHECK(house.sent("targets/1", "", Method::delete_) == "404");
    CHECK(house.place.ask("select secret || old_secret from notification_target") == "");
    CHECK(
        house.place.ask("select string_agg(action, ' ' order by id) from audit where actor = 'token tests'") ==
        "target.create target.rotate_secret target.edit target.switch_off target.switch_on target.test "
        "target.remove");
    CHECK(house.count("audit where coalesce(before::text, '') || coalesce(after::text, '') like '%whsec_%'") ==
          "0");
}

TEST_CASE("what a target hears of is checked field by field") {
    House house;
    house.api(Method::post, "targets", hook);
    CHECK(house.sent("routes", "{}") == "422 /target");
    CHECK(house.sent("routes", R"({"target":1,"service":"nope","group":"Games","severity":"bad"})") ==
          "422 /service /group /severity");
    CHECK(house.sent("routes", R"({"target":1,"quiet_from":"25:00","quiet_to":"07:00","quiet_zone":"Mars"})") ==
          "422 /quiet_from /quiet_zone");
    CHECK(house.sent("routes", R"({"target":1,"quiet_from":"07:00","quiet_to":"07:00"})") == "422 /quiet_to");
    CHECK(house.sent("routes", R"({"target":1,"remind_minutes":1,"escalate_minutes":1.5})") ==
          "422 /remind_minutes /escalate_minutes");
    CHECK(
        house.sent(
            "routes",
            R"({"target":1,"service":"mail","quiet_from":"22:00","quiet_to":"07:00","quiet_zone":"Europe/Berlin","remind_minutes":60,"severity":20})") ==
        "201");
    CHECK(house.list("routes")[0]["quiet_zone"] == "Europe/Berlin");
    CHECK(house.sent("routes/1", R"({"target":1,"group":"Office"})", Method::put) == "200");
    CHECK(house.list("routes")[0]["service"].is_null());
    CHECK(house.sent("routes/1", "", Method::delete_) == "204");
    CHECK(house.list("routes").empty());
}

TEST_CASE("two windows of a service do not overlap: the other one is named with its times") {
    House house;
    const auto window = [](const std::string& from, const std::string& to,
                           const std::string& service = "mail") {
        return json{{"service", service}, {"starts", from}, {"ends", to}, {"title", "New disks"}}.dump();
    };
    CHECK(house.sent("maintenances", window("2026-01-22T20:00", "2026-01-22T22:00")) == "201");
    CHECK(house.sent("maintenances", window("2026-01-22T21:59", "2026-01-22T23:00")) == "422 /starts");
    CHECK(house.why("maintenances", window("2026-01-22T19:00", "2026-01-23T00:00")) ==
          "This overlaps with “New disks” by token tests, from 22 January 2026 20:00 to 22 January 2026 22:00. "
          "End "
          "that one first, or choose other times.");
    CHECK(house.sent("maintenances", window("2026-01-22T22:00", "2026-01-22T23:00")) == "201");
    CHECK(house.sent("maintenances", window("2026-01-22T20:00", "2026-01-22T22:00", "chat")) == "201");
    CHECK(house.sent("maintenances", window("2026-01-22T23:00", "2026-01-22T20:00")) == "422 /ends");
    CHECK(house.sent("maintenances", window("2026-01-20T20:00", "2026-01-20T22:00")) == "422 /ends");
    CHECK(house.sent("maintenances", window("soon", "2026-02-30T00:00")) == "422 /starts /ends");
    CHECK(house.sent("maintenances", "{}") == "422 /service /starts /ends /title");
    CHECK(house.sent("maintenances/1", "", Method::delete_) == "204");
    CHECK(house.sent("maintenances", window("2026-01-22T20:30", "2026-01-22T21:00")) == "201");
}

TEST_CASE("of two overlapping windows announced at the same moment one is refused as if it had come later") {
    House house;
    const auto announce = [&](const char* title) {
        http::Request request;
        request.method = Method::post;
        request.target = "/api/v1/admin/maintenances";
        request.headers = {{"host", "status.example.org"},
                           {"authorization", "Bearer " + house.token},
                           {"content-type", "application/json"}};
        request.body = json{
            {"service", "mail"},
            {"starts", "2026-01-22T20:00"},
            {"ends", "2026-01-22T22:00"},
            {"title",
             title}}.dump();
        return boost::asio::co_spawn(house.context, house.router->handle(std::move(request)),
                                     boost::asio::use_future);
    };
    // Nobody writes a window before both connections wait: for this lock, or for one another.
    auto gate = std::async(std::launch::async, [&] {
        return house.place.ask(R"(do $$ begin
            lock table maintenance in share row exclusive mode;
            for i in 1..1000 loop
                perform pg_sleep(0.01), pg_stat_clear_snapshot();
                exit when (select count(*) from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock') = 2;
            end loop;
        end $$; select 'open')");
    });
    while (house.count(
               "pg_locks where relation = 'maintenance'::regclass and mode = 'ShareRowExclusiveLock'") == "0")
        std::this_thread::yield();
    auto first = announce("New disks"), second = announce("New cables");
    house.context.restart();
    house.context.run();
    REQUIRE(gate.get() == "open");
    auto one = first.get(), other = second.get();
    if (one.status != 201) std::swap(one, other);
    CHECK(one.status == 201);
    REQUIRE(other.status == 422);
    const auto error = json::parse(*other.body)["errors"][0];
    CHECK(error["pointer"] == "/starts");
    CHECK_THAT(error["detail"].get<std::string>(),
               Contains("This overlaps with “" + json::parse(*one.body)["title"].get<std::string>() + "”"));
    CHECK(house.count("maintenance") == "1");
}

TEST_CASE("a silence has an end and a reason") {
    House house;
    CHECK(house.sent("silences", R"({"minutes":60})") == "422 /reason");
    CHECK(house.sent("silences", R"({"reason":"known"})") == "422 /ends");
    CHECK(house.sent("silences", R"({"reason":"known","ends":"2026-01-22T11:00"})") == "422 /ends");
    CHECK(house.sent("silences", R"({"reason":"known","minutes":0})") == "422 /minutes");
    CHECK(house.sent("silences", R"({"reason":"known","minutes":60,"service":"mail","group":"Office"})") ==
          "422 /group");
    CHECK(house.sent("silences", R"({"reason":"known","minutes":60,"group":"Office"})") == "201");
    CHECK(house.list("silences")[0]["ends"] == "2026-01-22T13:00:00Z");
    CHECK(house.sent("silences/1", "", Method::delete_) == "204");
    CHECK(house.sent("silences/1", "", Method::delete_) == "404");
    CHECK(house.list("silences").empty());
}

TEST_CASE("messages are listed and sent again; a query that is not understood is refused") {
    House house;
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "targets/1/test");
    CHECK(house.list("deliveries")[0]["type"] == "test");
    CHECK(house.list("deliveries?state=failed").empty());
    CHECK(house.api(Method::get, "deliveries?colour=red").status == 400);
    CHECK(house.api(Method::get, "deliveries?state=lost").status == 400);
    CHECK(house.api(Method::get, "deliveries/1").status == 200);
    CHECK(house.api(Method::get, "deliveries/99").status == 404);
    CHECK(house.api(Method::get, "deliveries/x").status == 404);
    CHECK(house.sent("deliveries/1/redeliver", "") == "204");
    CHECK(house.sent("deliveries/99/redeliver", "") == "404");
}

TEST_CASE("the pages do the same by form, keep what was typed, and say what is wrong beside it") {
    House house;
    const auto empty = house.page("/admin/notifications", house.session);
    CHECK(empty.status == 200);
    CHECK_THAT(*empty.body, Contains("Nobody yet.") && Contains("name=\"address\""));
    const auto refused =
        house.press("/admin/notifications", "name=%3Cscript%3E&kind=webhook&address=https%3A%2F%2F127.0.0.1%2F",
                    house.session);
    CHECK(refused.status == 422);
    CHECK_THAT(*refused.body, Contains("127.0.0.1, a loopback address") &&
                                  Contains("value=\"&lt;script&gt;\"") && !Contains("<script>"));
    const auto added = house.press("/admin/notifications",
                                   "name=ops&kind=webhook&address=http%3A%2F%2F127.0.0.2%2F", house.session);
    CHECK(added.status == 200);
    CHECK_THAT(*added.body, Contains("whsec_"));
    CHECK_THAT(*house.page("/admin/notifications", house.session).body, !Contains("whsec_") && Contains("ops"));
    CHECK(house.press("/admin/notifications/routes", "target=1&service=mail&escalate_minutes=10", house.session)
              .status == 303);
    CHECK_THAT(*house.press("/admin/notifications/routes", "target=1&remind_minutes=1", house.session).body,
               Contains("Write a whole number from 5 to 10080"));
    CHECK(house.press("/admin/notifications/1/test", "", house.session).status == 303);
    CHECK_THAT(*house.page("/admin/notifications/deliveries/1", house.session).body, Contains("None so far."));
    CHECK_THAT(*house.page("/admin/notifications/1", house.session).body, Contains("http://127.0.0.2/"));
    CHECK(house.page("/admin/notifications/9", house.session).status == 404);
    CHECK(house.page("/admin/notifications/deliveries/9", house.session).status == 404);

    CHECK(house
              .press("/admin/quiet/maintenances",
                     "service=mail&starts=2026-01-22T13%3A00&ends=2026-01-22T14%3A00&title=New+disks",
                     house.session)
              .status == 303);
    const auto overlap = house.press(
        "/admin/quiet/maintenances",
        "service=mail&starts=2026-01-22T13%3A30&ends=2026-01-22T15%3A00&title=More+disks", house.session);
    CHECK(overlap.status == 422);
    CHECK_THAT(*overlap.body,
               Contains("This overlaps with “New disks” by mara") && Contains("value=\"More disks\""));
    CHECK(house.press("/admin/quiet/silences", "minutes=30&reason=known", house.session).status == 303);
    CHECK_THAT(*house.page("/admin/quiet", house.session).body, Contains("known") && Contains("New disks"));
}

TEST_CASE("a message says of what it is, what kind of news, and until when its target asked to wait") {
    House house;
    house.api(Method::post, "targets", hook);
    const auto incident = house.database.run([&](storage::Transaction& tx) {
        analytics::Transition opened;
        opened.service = 1;
        opened.at = minute_of(noon);
        opened.opened = true;
        opened.incident.phase = analytics::Phase::open;
        opened.incident.began = opened.incident.opened = minute_of(noon);
        const auto id = storage::record_transition(tx, opened, 1, noon)->id;
        auto at = noon;
        for (const std::string kind : {"opened", "updated", "reminder", "escalated", "closed"}) {
            storage::tell(tx,
                          {.id = storage::new_id(noon),
                           .kind = "incident." + kind,
                           .incident = id,
                           .service = 1,
                           .at = at,
                           .made = noon},
                          {{.target = 1, .held_by = {}, .due = noon, .only_if_told = false}});
            if (kind == "opened") storage::keep_body(tx, 1, "written", 400);
            at += 30min;
        }
        return id;
    });
    house.api(Method::post, "targets/1/test");
    const auto list = *house.page("/admin/notifications", house.session).body;
    for (const auto* kind : {"Opened", "Update", "Reminder", "Escalation", "Closed", "Test"})
        CHECK_THAT(list, Contains(std::string("\">") + kind + "</a>"));
    CHECK_THAT(list,
               Contains("href=\"/admin/incidents/" + incident + "\">mail</a>") && !Contains("asked for no"));
    CHECK(house.list("deliveries").back()["service"] == "mail");
    CHECK(house.list("deliveries")[0]["service"].is_null());

    house.place.ask(
        "update notification_target set failures = 1, failing_since = made, asked_until = made + interval '40 "
        "min' returning 1");
    const auto one = *house.page("/admin/notifications/deliveries/1", house.session).body;
    CHECK_THAT(one, Contains("<h1>Opened: mail</h1>") && Contains("/admin/incidents/" + incident) &&
                        Contains("try 1 of 10 at 12:40 UTC: the receiver asked for no earlier one"));
    CHECK_THAT(*house.page("/admin/notifications/1", house.session).body,
               Contains("asked for no message before 12:40 UTC"));
    CHECK(house.list("targets")[0]["asked_until"] == "2026-01-22T12:40:00Z");
    CHECK(house.list("deliveries")[0]["asked_until"] == "2026-01-22T12:40:00Z");
    CHECK(house.list("deliveries")[0]["due"] == "2026-01-22T12:40:00Z");
    house.clock = live::Clock{noon + 41min, 0};
    CHECK_THAT(*house.page("/admin/notifications", house.session).body, !Contains("asked for no"));
    CHECK(house.list("targets")[0]["asked_until"].is_null());
}

TEST_CASE("the page leads on to older messages") {
    House house;
    house.api(Method::post, "targets", hook);
    for (int i = 0; i < 31; ++i) house.api(Method::post, "targets/1/test");
    const auto page = [&](const std::string& query) {
        return *house.page("/admin/notifications" + query, house.session).body;
    };
    CHECK_THAT(page(""), Contains("?before=2#") && Contains("deliveries/31\"") && !Contains("deliveries/1\""));
    CHECK_THAT(page("?before=2"),
               Contains("deliveries/1\"") && !Contains("deliveries/31\"") && !Contains("?before="));
    CHECK_THAT(page("?before=two"), Contains("deliveries/31\""));
}

TEST_CASE("who may only look is offered no button, and presses none") {
    House house;
    house.api(Method::post, "targets", hook);
    const auto page = house.page("/admin/notifications", house.viewer);
    CHECK(page.status == 200);
    CHECK_THAT(*page.body, Contains("ops") && !Contains("Send a test") && !Contains("name=\"address\""));
    CHECK(house.press("/admin/notifications/1/test", "", house.viewer).status == 403);
    CHECK_THAT(*house.page("/admin/quiet", house.viewer).body, !Contains("<form class=\"stack slim\""));
}
