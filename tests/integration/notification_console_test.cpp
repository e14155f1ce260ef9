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
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;
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
    /// What the form on a page was made from, as a form sends it back.
    static std::string etag_in(const std::string& page) {
        const std::string before = "name=\"etag\" value=\"&quot;";
        const auto begin = page.find(before) + before.size();
        return "%22" + page.substr(begin, page.find("&quot;", begin) - begin) + "%22";
    }
    http::Response press(const std::string& path, const std::string& form, const std::string& who) {
        return ask(Method::post, path, form,
                   {{"cookie", "outcry_session=" + who},
                    {"x-csrf-token", operators::csrf_token(who)},
                    {"content-type", "application/x-www-form-urlencoded"}});
    }
    /// The newest lines of the audit log, latest first: "action object before → after".
    std::string audit(const std::string& action) {
        return place.ask(
            "select string_agg(object || ' ' || coalesce(before::text, '') || ' → ' || coalesce(after::text, "
            "''), "
            "'; ' order by id desc) from audit where action = '" +
            action + "'");
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
    CHECK(house.sent("targets/1/test", "") == "409");  // it is off
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

TEST_CASE("a line is changed by form on a page of its own, as one would add it") {
    House house;
    const std::string line = "/admin/notifications/routes/1";
    house.api(Method::post, "targets", hook);
    house.api(
        Method::post, "routes",
        R"({"target":1,"service":"mail","group":"Office","region":"Hessen","quiet_from":"22:00","quiet_to":"06:30","quiet_zone":"Europe/Berlin","remind_minutes":60,"escalate_minutes":15,"severity":20})");
    CHECK_THAT(*house.page("/admin/notifications", house.session).body, Contains("href=\"" + line + "\""));
    const auto shown = *house.page(line, house.session).body;
    for (const auto* part :
         {"<h1>Line of ops</h1>", "value=\"mail\" selected", "value=\"Office\" selected", "value=\"22:00\"",
          "value=\"06:30\"", "value=\"Europe/Berlin\"", "value=\"60\"", "value=\"15\"", "value=\"20\"",
          "<details open>", "mail, Office, Hessen, from 20 times the usual on", "Only in the region Hessen"})
        CHECK_THAT(shown, Contains(part));
    CHECK(house.page("/admin/notifications/routes/9", house.session).status == 404);
    CHECK(house.page("/admin/notifications/routes/x", house.session).status == 404);
    CHECK(house.press("/admin/notifications/routes/9", "service=mail", house.session).status == 404);

    const auto etag = house.etag_in(shown);
    const auto wrong = house.press(
        line, "etag=" + etag + "&service=chat&quiet_from=7&quiet_to=07%3A00&remind_minutes=1", house.session);
    CHECK(wrong.status == 422);
    CHECK_THAT(*wrong.body, Contains("Write both times like 22:00") &&
                                Contains("Write a whole number from 5 to 10080") &&
                                Contains("value=\"chat\" selected") && Contains("value=\"07:00\""));
    CHECK(house.etag_in(*wrong.body) == etag);
    CHECK(house.list("routes")[0]["service"] == "mail");

    const auto saved = house.press(line, "etag=" + etag + "&service=chat&severity=20", house.session);
    CHECK(saved.status == 303);
    CHECK(saved.header("location") == "/admin/notifications/1");
    const auto route = house.list("routes")[0];
    CHECK(route["service"] == "chat");
    CHECK(route["region"] == "Hessen");  // it has no field
    CHECK(route["group"].is_null());
    CHECK(route["quiet_from"].is_null());
    CHECK(route["escalate_minutes"].is_null());
    CHECK(route["severity"] == 20);
    CHECK(house.press(line + "/remove", "", house.session).status == 303);
    CHECK(house.page(line, house.session).status == 404);
}

TEST_CASE("who saves a line that somebody else has changed meanwhile is shown both, and saves again") {
    House house;
    const std::string line = "/admin/notifications/routes/1";
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "routes", R"({"target":1})");
    const auto etag = house.etag_in(*house.page(line, house.session).body);
    house.api(Method::put, "routes/1", R"({"target":1,"service":"mail"})");
    // A mistake does not make the form newer than what was read.
    const auto wrong = house.press(line, "etag=" + etag + "&service=nope", house.session);
    CHECK(wrong.status == 422);
    CHECK(house.etag_in(*wrong.body) == etag);
    const auto lost = house.press(line, "etag=" + etag + "&service=chat", house.session);
    CHECK(lost.status == 409);
    CHECK_THAT(*lost.body, Contains("somebody changed this line meanwhile") && Contains("<dd>mail</dd>") &&
                               Contains("value=\"chat\" selected"));
    CHECK(house.list("routes")[0]["service"] == "mail");
    CHECK(house.press(line, "service=chat", house.session).status == 409);
    CHECK(house.press(line, "etag=" + house.etag_in(*lost.body) + "&service=chat", house.session).status ==
          303);
    CHECK(house.list("routes")[0]["service"] == "chat");
}

TEST_CASE("a line of what the catalogue has no more does not come to hear of everything unasked") {
    House house;
    const std::string line = "/admin/notifications/routes/1";
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "routes", R"({"target":1,"service":"mail"})");
    house.database.run([](storage::Transaction& tx) { storage::archive_service(tx, "mail", noon); });
    tests::await(house.context, house.pulse.load());
    CHECK_THAT(*house.page("/admin/notifications", house.session).body,
               Contains("<td data-h=\"Hears of\">mail (archived)</td>"));
    const auto shown = *house.page(line, house.session).body;
    CHECK_THAT(shown, Contains("<option value=\"mail\" selected>mail (archived)</option>"));
    const auto kept = house.press(line, "etag=" + house.etag_in(shown) + "&service=mail", house.session);
    CHECK(kept.status == 422);
    CHECK_THAT(*kept.body, Contains("There is no such service.") &&
                               Contains("<option value=\"mail\" selected>mail (archived)</option>"));
}

TEST_CASE("a target's line stays that target's") {
    House house;
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "targets", R"({"name":"desk","kind":"webhook","address":"http://127.0.0.2/desk"})");
    house.api(Method::post, "routes", R"({"target":1})");
    CHECK(house.sent("routes/1", R"({"target":2})", Method::put) == "422 /target");
    CHECK(house.sent("routes/9", R"({"target":2})", Method::put) == "404");
}

TEST_CASE("the audit log names whom and what it speaks of, and says from what to what") {
    House house;
    house.api(Method::post, "targets",
              R"({"name":"Night shift","kind":"slack","address":"http://127.0.0.2/one"})");
    house.api(Method::post, "routes", R"({"target":1,"service":"mail"})");
    CHECK_THAT(house.audit("route.create"), StartsWith("line 1 of Night shift ") &&
                                                Contains(R"("target": "Night shift")") &&
                                                Contains(R"("service": "mail")"));
    const auto etag = house.etag_in(*house.page("/admin/notifications/routes/1", house.session).body);
    house.press("/admin/notifications/routes/1", "etag=" + etag + "&service=chat&remind_minutes=30",
                house.session);
    CHECK(house.place.ask("select concat_ws(' ', actor, object, before->>'service', after->>'service', "
                          "after->>'remind_minutes') from audit where action = 'route.edit'") ==
          "mara line 1 of Night shift mail chat 30");
    house.database.run([](storage::Transaction& tx) { storage::archive_service(tx, "chat", noon); });
    house.api(Method::delete_, "routes/1");
    CHECK_THAT(house.audit("route.remove"),
               StartsWith("line 1 of Night shift ") && Contains(R"("service": "chat")") && EndsWith(" → "));

    CHECK(house.sent("targets/1", R"({"name":"Day shift","address":"http://127.0.0.2/two"})", Method::put) ==
          "200");
    CHECK(house.place.ask(
              "select concat_ws(' ', before->>'name', after->>'name', after->>'address') from audit "
              "where action = 'target.edit'") == "Night shift Day shift http://127.0.0.2/… (replaced)");
    CHECK(house.count(
              "audit where coalesce(before::text, '') || coalesce(after::text, '') ~ '127.0.0.2/(one|two)'") ==
          "0");

    house.api(
        Method::post, "maintenances",
        R"({"service":"mail","starts":"2026-01-22T11:00","ends":"2026-01-22T14:00","title":"New disks"})");
    house.api(
        Method::post, "maintenances",
        R"({"service":"mail","starts":"2026-01-22T20:00","ends":"2026-01-22T22:00","title":"New cables"})");
    house.api(Method::delete_, "maintenances/1");
    CHECK(
        house.place.ask("select concat_ws(' ', object, after->>'title', before->>'ends', after->>'ends') from "
                        "audit where action = 'maintenance.end'") ==
        "service mail New disks 2026-01-22T14:00 2026-01-22T12:00");
    house.api(Method::delete_, "maintenances/2");  // it had not begun
    CHECK_THAT(house.audit("maintenance.end"),
               StartsWith("service mail {") && Contains("New cables") && Contains(" → ; service mail"));
    house.api(Method::post, "silences", R"({"group":"Office","minutes":60,"reason":"known"})");
    house.clock = live::Clock{noon + 10min, 0};
    house.api(Method::delete_, "silences/1");
    CHECK(house.place.ask(
              "select concat_ws(' ', object, before->>'reason', before->>'ends', after->>'ends') from "
              "audit where action = 'silence.end'") == "group Office known 2026-01-22T13:00 2026-01-22T12:10");
}

TEST_CASE("a target's page has its own lines and messages alone, and says the next step where there are none") {
    House house;
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "targets", R"({"name":"desk","kind":"webhook","address":"http://127.0.0.2/desk"})");
    const auto of = [&](const std::string& path, const std::string& who) {
        return *house.page(path, who).body;
    };
    CHECK_THAT(of("/admin/notifications/1", house.session),
               Contains("It has no line, so it hears of nothing. Add one.") &&
                   Contains("Nothing has been sent to it yet. “Send a test” above") &&
                   Contains("href=\"/admin/notifications?target=1#add-route\""));
    CHECK_THAT(of("/admin/notifications/1", house.viewer),
               Contains("It has no line, so it hears of nothing.</p>") && !Contains("Send a test"));
    CHECK_THAT(of("/admin/notifications", house.session),
               Contains("No lines yet, so nobody hears of anything. Add one below."));
    CHECK_THAT(of("/admin/notifications?target=2", house.session),
               Contains("<option value=\"2\" selected>desk</option>"));
    house.api(Method::post, "targets/1/off");
    CHECK_THAT(of("/admin/notifications/1", house.session), Contains("Switch it on above"));
    house.api(Method::post, "targets/1/on");

    house.api(Method::post, "routes", R"({"target":1,"service":"mail"})");
    house.api(Method::post, "routes", R"({"target":2,"service":"chat"})");
    const auto tested = house.press("/admin/notifications/1/test", "", house.session);
    CHECK(tested.header("location") == "/admin/notifications/1");
    house.api(Method::post, "targets/2/test");
    CHECK_THAT(of("/admin/notifications/1", house.session), Contains("routes/1\"") && !Contains("routes/2\"") &&
                                                                Contains("deliveries/1\"") &&
                                                                !Contains("deliveries/2\""));
    CHECK_THAT(of("/admin/notifications/1", house.viewer),
               Contains("deliveries/1\"") && Contains("<th scope=\"row\">mail</th>") && !Contains(">Change<"));
    CHECK_THAT(of("/admin/notifications/deliveries/1", house.session),
               Contains("<a href=\"/admin/notifications/1\">ops</a>"));
    for (int i = 0; i < 30; ++i) house.api(Method::post, "targets/1/test");
    CHECK_THAT(of("/admin/notifications/1", house.session),
               Contains("/admin/notifications/1?before=3#sent-heading") && !Contains("deliveries/1\""));
    CHECK_THAT(of("/admin/notifications/1?before=3", house.session), Contains("deliveries/1\""));
    house.api(Method::delete_, "targets/1");
    CHECK_THAT(of("/admin/notifications/deliveries/1", house.session), Contains("<dd>ops</dd>"));
}

TEST_CASE("an address that is left empty stays as it is, and the form says so without saying the secret") {
    House house;
    const std::string chat = "/admin/notifications/1", mail = "/admin/notifications/2";
    house.api(Method::post, "targets",
              R"({"name":"chat","kind":"slack","address":"http://127.0.0.2/services/T0/secret"})");
    house.api(Method::post, "targets", R"({"name":"mail","kind":"mail","address":"a@example.org"})");
    const auto shown = *house.page(chat, house.session).body;
    CHECK_THAT(shown, Contains("Empty keeps the one there is, http://127.0.0.2/…;") && !Contains("T0"));
    CHECK(house.press(chat, "name=chat+at+night&address=", house.session).status == 303);
    CHECK(house.place.ask("select name || ' ' || address from notification_target where id = 1") ==
          "chat at night http://127.0.0.2/services/T0/secret");
    CHECK_THAT(*house.page(mail, house.session).body,
               Contains("Empty keeps those there are.") && Contains("value=\"a@example.org\""));
    CHECK(house.press(mail, "name=mail&address=", house.session).status == 303);
    CHECK(house.list("targets")[1]["address"] == "a@example.org");
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
    house.api(Method::post, "routes", R"({"target":1})");
    const auto line = *house.page("/admin/notifications/routes/1", house.viewer).body;
    CHECK_THAT(line, Contains("<dd>everything</dd>") && !Contains("name=\"service\"") && !Contains("Remove"));
    CHECK(house.press("/admin/notifications/routes/1", "service=mail", house.viewer).status == 403);
    CHECK_THAT(*house.page("/admin/quiet", house.viewer).body, !Contains("<form class=\"stack slim\""));
}
