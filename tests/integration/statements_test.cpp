// tests/integration/statements_test.cpp: operators write down what a provider said, and name where it is read.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/live/event_hub.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/statements.hpp"
#include "server/storage/tokens.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/premises.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using http::Method;
using nlohmann::json;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const std::string address = "/api/v1/admin/services/mail/statements";

struct House : tests::Premises {
    std::unique_ptr<http::Router> router;
    std::string token = operators::make_token();

    House() : Premises(noon) {
        database.run([&](storage::Transaction& tx) {
            storage::Service mail;
            mail.slug = mail.name = "mail";
            storage::put_service(tx, mail, noon - 24h);
            storage::put_token(tx, {.name = "tests",
                                    .hash = operators::hash_secret(token),
                                    .scopes = {std::string(operators::admin_scope)},
                                    .made = noon});
        });
        tests::await(context, pulse.load());
        router = tests::bare_router(operators::routes({.pulse = pulse,
                                                       .database = database,
                                                       .clock = clock,
                                                       .renderer = pages::make_renderers("", "").front()}));
    }

    http::Response ask(Method method, const std::string& target, const std::string& body) {
        http::Request request;
        request.method = method;
        request.target = target;
        request.headers = {{"authorization", "Bearer " + token}, {"content-type", "application/json"}};
        request.body = body;
        return tests::await(context, router->handle(std::move(request)));
    }

    /// The status, and the pointers of what is wrong.
    std::string sent(const std::string& body, Method method = Method::post,
                     const std::string& target = address) {
        const auto response = ask(method, target, body);
        auto answer = std::to_string(response.status);
        const auto problem = json::parse(*response.body);
        if (response.status == 422)
            for (const auto& error : problem["errors"]) answer += " " + error["pointer"].get<std::string>();
        return answer;
    }

    std::size_t stored() {
        return database.run([](storage::Transaction& tx) {
            return storage::load_statements(tx, 1, noon - 40 * 24h, noon + 24h).size();
        });
    }
};

}  // namespace

TEST_CASE("a statement that was said elsewhere is written down, with who did so") {
    House house;
    CHECK(
        house.sent(
            R"({"status":"identified","text":"A cable is cut.","address":"https://radio.example/news","at":"2026-01-22T11:40:00Z"})") ==
        "201");
    CHECK(house.sent(R"({"status":"resolved","text":"Mended."})") == "201");
    const auto list = json::parse(*house.ask(Method::get, address, "").body);
    REQUIRE(list["data"].size() == 2);
    CHECK(list["data"][0]["at"] == "2026-01-22T11:40:00Z");
    CHECK(list["data"][0]["by"] == "token tests");
    CHECK(list["data"][1]["at"] == "2026-01-22T12:00:00Z");
    CHECK(list["source"].is_null());
}

TEST_CASE("what cannot be a statement is refused with its field, and nothing is stored") {
    House house;
    CHECK(house.sent("{}") == "422 /status /text");
    CHECK(house.sent("[1]") == "400");
    CHECK(house.sent(R"({"status":"down","text":"x"})") == "422 /status");
    CHECK(house.sent(R"({"status":"resolved","text":" "})") == "422 /text");
    CHECK(house.sent(R"({"status":"resolved","text":{}})") == "422 /text");
    CHECK(house.sent(R"({"status":"resolved","text":"x","more":"x"})") == "422 /more");
    CHECK(house.sent(R"({"status":"resolved","text":")" + std::string(2'001, 'x') + "\"}") == "422 /text");
    CHECK(house.sent(R"({"status":"resolved","text":")" + std::string(2'000, 'x') + "\"}") == "201");
    CHECK(house.sent(R"json({"status":"resolved","text":"x","address":"javascript:alert(1)"})json") ==
          "422 /address");
    CHECK(house.sent(R"({"status":"resolved","text":"x","address":"http://radio.example/"})") ==
          "422 /address");
    CHECK(house.sent(R"({"status":"resolved","text":"x","at":"soon"})") == "422 /at");
    CHECK(house.sent(R"({"status":"resolved","text":"x","at":"2026-01-22T12:05:00Z"})") == "422 /at");
    CHECK(house.sent(R"({"status":"resolved","text":"x","at":"2025-12-01T12:05:00Z"})") == "422 /at");
    CHECK(house.ask(Method::post, "/api/v1/admin/services/nothing/statements", "{}").status == 404);
    CHECK(house.stored() == 1);
}

TEST_CASE("where statements are read is set, changed and taken away") {
    House house;
    const auto source = address + "/source";
    const auto put = [&](const std::string& body) { return house.sent(body, Method::put, source); };
    CHECK(put(R"({"address":"https://status.mail.example/api/v2/incidents.json"})") == "200");
    const auto list = json::parse(*house.ask(Method::get, address, "").body);
    CHECK(list["source"]["address"] == "https://status.mail.example/api/v2/incidents.json");
    CHECK(list["source"]["trouble"].is_null());
    CHECK(put(R"({"address":"file:///etc/passwd"})") == "422 /address");
    CHECK(put(R"({"address":"https://user:word@status.example/"})") == "422 /address");
    CHECK(put(R"({"address":"status"})") == "422 /address");
    CHECK(put(R"({"address":""})") == "200");
    CHECK(json::parse(*house.ask(Method::get, address, "").body)["source"].is_null());
}
