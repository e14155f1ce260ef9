// tests/integration/tuning_test.cpp: settings are saved with who and why, labels counted, nobody's change is
// lost.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/http/target.hpp"
#include "server/live/tally.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/sign_ins.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using Catch::Contains;
using http::Method;
using nlohmann::json;
using operators::Role;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const std::string page = "/admin/s/mail/tune", api = "/api/v1/admin/services/mail/detector";
const std::string dials = "false_alarms_per_year=1.2&least_reports=5&hold=0&clear=30";

/// Two services with three ordinary weeks; one of them had two outages. People of every role have signed in.
struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Tally tally{context.get_executor(), database, clock};
    live::Pulse pulse{context.get_executor(), database, hub, clock};
    std::unique_ptr<http::Router> router;
    std::map<std::string, std::string> sessions;  // by name
    std::string token;

    House() {
        database.run([&](storage::Transaction& tx) {
            for (const auto* slug : {"mail", "chat"}) {
                storage::Service service;
                service.slug = service.name = slug;
                service.group = "Talk";
                storage::put_service(tx, service, noon - 21 * 24h);
            }
        });
        std::vector<storage::ServiceBin> bins;
        for (Minute at = noon - 21 * 24h; at < noon - 1min; at += 1min) {
            const auto ago = noon - at;
            const bool outage = (ago > 40h && ago <= 41h) || (ago > 90h && ago <= 91h);
            const auto reports = (at.time_since_epoch().count() % 11 == 0 ? 1u : 0u) + (outage ? 12u : 0u);
            if (reports > 0) bins.push_back({1, {.minute = at, .reports = reports}});
        }
        database.run([&](storage::Transaction& tx) { storage::import_bins(tx, bins); });
        tests::await(context, tally.cycle());
        tests::await(context, pulse.load());
        sign_in("mara", Role::operator_);
        sign_in("noa", Role::operator_);
        sign_in("vera", Role::viewer);
        token = operators::make_token();
        database.run([&](storage::Transaction& tx) {
            storage::put_token(tx, {.name = "git",
                                    .hash = operators::hash_secret(token),
                                    .scopes = {std::string(operators::admin_scope)},
                                    .made = noon});
        });
        router = tests::bare_router(operators::routes({.pulse = pulse,
                                                       .database = database,
                                                       .clock = clock,
                                                       .renderer = pages::make_renderers("", "").front()}));
    }

    void sign_in(const std::string& name, Role role) {
        sessions[name] = operators::make_secret();
        database.run([&](storage::Transaction& tx) {
            const auto user = storage::add_user(tx, name, std::string(to_string(role)), noon).value();
            storage::add_sign_in(tx, operators::hash_secret(sessions[name]), user, noon);
        });
    }

    http::Response ask(Method method, std::string target, http::Fields headers, std::string body = {}) {
        http::Request request;
        request.method = method;
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.headers.emplace_back("host", "127.0.0.1");
        request.body = std::move(body);
        return tests::await(context, router->handle(std::move(request)));
    }

    http::Response look(const std::string& target, const std::string& who = "mara") {
        return ask(Method::get, target, {{"cookie", "outcry_session=" + sessions[who]}});
    }
    http::Response post(const std::string& target, const std::string& form, const std::string& who = "mara") {
        return ask(Method::post, target,
                   {{"cookie", "outcry_session=" + sessions[who]},
                    {"content-type", "application/x-www-form-urlencoded"}},
                   form + "&csrf=" + http::percent_encode(operators::csrf_token(sessions[who])));
    }
    http::Response send(Method method, const std::string& target, const json& body,
                        const std::string& match = {}) {
        http::Fields headers{{"authorization", "Bearer " + token}, {"content-type", "application/json"}};
        if (!match.empty()) headers.emplace_back("if-match", match);
        return ask(method, target, std::move(headers), body.dump());
    }
    json fetch(const std::string& target) {
        const auto answer = ask(Method::get, target, {{"authorization", "Bearer " + token}});
        REQUIRE(answer.status == 200);
        return json::parse(*answer.body);
    }
    std::string ask_table(const std::string& sql) { return place.ask(sql); }
};

json params(double false_alarms, int least, int hold, int clear) {
    return {
        {"false_alarms_per_year", false_alarms}, {"least_reports", least}, {"hold", hold}, {"clear", clear}};
}

}  // namespace

TEST_CASE("beside an outage the chart goes in steps of ten and says so; on calm days it does not") {
    House house;
    CHECK_THAT(*house.look(page).body, Contains("scale in steps of ten") && Contains("dy=\"4\">100</text>"));
    CHECK_THAT(*house.look("/admin/s/chat/tune").body, !Contains("steps of ten"));
}

TEST_CASE("a draft is previewed, saved with a note, told in the history and the audit log, and rolled back") {
    House house;
    const auto before = house.look(page + "?false_alarms_per_year=1.2&least_reports=100000&hold=0&clear=30");
    REQUIRE(before.status == 200);
    CHECK_THAT(*before.body, Contains("0 alerts instead of 2"));
    CHECK_THAT(*before.body, Contains("Save as version 2"));

    const auto saved = house.post(page, "version=1&note=Fewer+%3Calerts%3E&" + dials + "0");  // clear=300
    CHECK(saved.status == 303);
    CHECK(saved.header("location") == page + "?done=saved");
    const auto after = house.look(page);
    CHECK_THAT(*after.body, Contains("rule version 2, saved 12:00 UTC by mara") &&
                                Contains("Fewer &lt;alerts&gt;") &&
                                Contains("2 alerts with the saved settings"));
    CHECK(house.ask_table(
              "select actor || ' ' || action || ' ' || object || ' ' || (before ->> 'clear') || '>' || "
              "(after ->> 'clear') || ' ' || why from audit") ==
          "mara detector.save service mail 30>300 Fewer <alerts>");

    CHECK(house.post(page + "/rollback", "expected=2&to=1").status == 303);
    CHECK(house.fetch(api)["version"] == 3);
    CHECK(house.fetch(api)["params"]["clear"] == 30);
    CHECK(house.fetch(api)["note"] == "Back to version 1");
    CHECK(house.fetch(api + "/history")["data"].size() == 3);
    CHECK(house.ask_table("select count(*) from audit where action = 'detector.roll_back'") == "1");
}

TEST_CASE("who saves second is shown both versions, and loses nothing that was typed") {
    House house;
    REQUIRE(house.post(page, "version=1&note=first&" + dials + "0", "noa").status == 303);
    const auto lost =
        house.post(page, "version=1&note=my+reason&false_alarms_per_year=7&least_reports=5&hold=9&clear=30");
    CHECK(lost.status == 409);
    CHECK_THAT(*lost.body, Contains("Not saved: noa saved version 2 meanwhile") && Contains("Both versions") &&
                               Contains("300 min") && Contains("value=\"my reason\"") && Contains("9 min") &&
                               Contains("name=\"version\" value=\"2\""));
    CHECK(house.fetch(api)["version"] == 2);
    CHECK(house.post(page + "/rollback", "expected=1&to=1").status == 409);
    CHECK(house.post(page, "note=x&" + dials).status == 409);  // a form that does not say what it was made from
    CHECK(house.ask_table("select count(*) from audit") == "1");
}

TEST_CASE(
    "a draft without a note, out of range, or like what is saved is not saved, and says so beside the field") {
    House house;
    const auto no_note = house.post(page, "version=1&note=+&" + dials + "0");
    CHECK(no_note.status == 422);
    CHECK_THAT(*no_note.body, Contains("Say why, in a few words") && Contains("id=\"note-error\""));
    const auto range =
        house.post(page, "version=1&note=x&false_alarms_per_year=1.2&least_reports=5&hold=61&clear=30");
    CHECK(range.status == 422);
    CHECK_THAT(*range.body, Contains("Hold: a whole number from 0 to 60.") && Contains("value=\"61\""));
    CHECK_THAT(*house.post(page, "version=1&note=x&" + dials).body, Contains("Nothing was saved"));
    CHECK(house.post(page, "version=1&note=" + std::string(501, 'x') + "&" + dials + "0").status == 422);
    CHECK(house.look("/admin/s/nobody/tune").status == 404);
    CHECK(house.fetch(api)["version"] == 1);
    CHECK(house.ask_table("select count(*) from audit") == "0");
}

TEST_CASE("labels are kept, counted in the sentence, replaced, taken back, and every step is audited") {
    House house;
    const auto preview = [&](int least) {
        auto answer = house.send(Method::post, api + "/preview", {{"params", {{"least_reports", least}}}});
        return json::parse(*answer.body);
    };
    const auto alerts = preview(5)["alerts"]["saved"];
    REQUIRE(alerts.size() == 2);
    const auto label = [&](const json& alert, const std::string& said) {
        return said + "/" + alert["began"].get<std::string>() + "/" + alert["closed"].get<std::string>();
    };
    const auto kept =
        house.post(page + "/labels", "label=" + http::percent_encode(label(alerts[0], "real")) +
                                         "&draft=" + http::percent_encode("least_reports=100000"));
    CHECK(kept.status == 303);
    CHECK_THAT(std::string(kept.header("location")), Contains("least_reports=100000"));
    CHECK_THAT(*house.look(std::string(kept.header("location"))).body,
               Contains("0 alerts instead of 2; misses 1 labelled outage") && Contains("missed"));
    CHECK_THAT(*house.look(page).body, Contains("2 alerts with the saved settings; finds the labelled outage"));
    CHECK(preview(100'000)["summary"]["labelled"]["missed"] == 1);
    CHECK(preview(100'000)["summary"]["labelled"]["missed_by_saved"] == 0);

    CHECK(house
              .send(Method::post, api + "/labels",
                    {{"began", alerts[0]["began"]}, {"ended", alerts[0]["closed"]}, {"label", "false"}})
              .status == 200);
    CHECK(house.fetch(api + "/labels")["data"].size() == 1);
    CHECK(house.fetch(api + "/labels")["data"][0]["label"] == "false");
    CHECK(preview(5)["summary"]["labelled"]["raised"] == 1);
    house.post(page + "/labels", "label=" + http::percent_encode(label(alerts[0], "unknown")));
    CHECK(house.fetch(api + "/labels")["data"].empty());
    house.post(page + "/labels", "label=" + http::percent_encode(label(alerts[0], "unknown")));
    CHECK(house.ask_table("select string_agg(actor || ' ' || coalesce(before #>> '{0,label}', '-') || '>' || "
                          "coalesce(after #>> '{0,label}', '-'), ', ' order by id) from audit") ==
          "mara ->real, token git real>false, mara false>-");
    for (const auto* bad :
         {"", "real", "maybe/2026-01-20T10:00:00Z/2026-01-20T11:00:00Z",
          "real/2026-01-20T11:00:00Z/2026-01-20T10:00:00Z", "real/2026-13-20T10:00:00Z/2026-14-20T11:00:00Z"})
        CHECK(house.post(page + "/labels", "label=" + http::percent_encode(bad)).status == 303);
    CHECK(house.fetch(api + "/labels")["data"].empty());
}

TEST_CASE(
    "a program changes settings with If-Match: 428 without, 412 with both versions when it comes second") {
    House house;
    const auto etag = house.ask(Method::get, api, {{"authorization", "Bearer " + house.token}}).header("etag");
    CHECK(etag == "\"1\"");
    const json wish{{"params", params(4, 15, 4, 30)}, {"note", "from git"}};
    CHECK(house.send(Method::put, api, wish).status == 428);
    const auto made = house.send(Method::put, api, wish, "\"1\"");
    CHECK(made.status == 200);
    CHECK(made.header("etag") == "\"2\"");
    CHECK(json::parse(*made.body)["by"] == "token git");
    CHECK(house.send(Method::put, api, wish, "\"2\"").status == 200);  // the same again makes no version
    CHECK(house.fetch(api)["version"] == 2);

    const auto late =
        house.send(Method::put, api, {{"params", params(9, 15, 4, 30)}, {"note", "late"}}, "\"1\"");
    CHECK(late.status == 412);
    const auto both = json::parse(*late.body);
    CHECK(both["current"]["version"] == 2);
    CHECK(both["yours"]["params"]["false_alarms_per_year"] == 9);
    CHECK(house.send(Method::put, api, wish, "W/\"2\"").status == 412);
    CHECK(house.send(Method::put, api, {{"params", params(9, 15, 4, 30)}, {"note", "over it"}}, "*").status ==
          200);

    const auto bad =
        house.send(Method::put, api, {{"params", {{"hold", 61}, {"colour", 1}}}, {"nte", "x"}}, "\"3\"");
    CHECK(bad.status == 422);
    for (const auto* says :
         {"hold is whole minutes from 0 to 60", "/params/colour", "/params/clear", "/nte", "/note"})
        CHECK_THAT(*bad.body, Contains(says));
    CHECK(house.send(Method::post, api + "/rollback", {{"version", 1}, {"note", "back"}}, "\"2\"").status ==
          412);
    CHECK(house.send(Method::post, api + "/rollback", {{"version", 9}, {"note", "back"}}, "\"3\"").status ==
          422);
    CHECK(house.send(Method::post, api + "/rollback", {{"version", 1}, {"note", "back"}}, "\"3\"").status ==
          200);
    CHECK(house.fetch(api)["params"] == params(1.2, 5, 0, 30));
}

TEST_CASE("a viewer sees the page and cannot change anything") {
    House house;
    const auto seen = house.look(page, "vera");
    CHECK(seen.status == 200);
    CHECK_THAT(*seen.body, !Contains("id=\"saving\"") && !Contains("name=\"label\"") && !Contains("/rollback"));
    CHECK(house.post(page, "version=1&note=x&" + dials + "0", "vera").status == 403);
    CHECK(house.post(page + "/labels", "label=x", "vera").status == 403);
}
