// tests/integration/guard_test.cpp: who gets past which route, walked from the table itself; sessions, CSRF,
// origins.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "server/app/routes.hpp"
#include "server/config/config.hpp"
#include "server/live/event_hub.hpp"
#include "server/live/secrets.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/pictures/painter.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/sign_ins.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/premises.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using http::Method;
using operators::Role;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

boost::asio::awaitable<http::Response> reached(const http::Request&, const operators::Actor& actor) {
    co_return http::content("text/plain", "reached by " + actor.audit_name());
}

/// A router whose handlers say that they were reached, users of each role, and what a browser would send.
struct House : tests::Premises {
    std::shared_ptr<const pages::Renderer> renderer = pages::make_renderers("", "").front();
    std::map<Role, std::string> sessions;
    std::unique_ptr<http::Router> router;

    House() : Premises(noon) {
        for (const auto role : operators::roles) sessions[role] = sign_in(std::string(to_string(role)), role);
    }

    std::string sign_in(const std::string& name, Role role) {
        const auto session = operators::make_secret();
        database.run([&](storage::Transaction& tx) {
            const auto user = storage::add_user(tx, name, std::string(to_string(role)), noon).value();
            storage::add_sign_in(tx, operators::hash_secret(session), user, noon);
        });
        return session;
    }

    std::string token(std::string_view scope) {
        const auto token = operators::make_token();
        database.run([&](storage::Transaction& tx) {
            REQUIRE(storage::put_token(tx, {.name = "t" + std::string(scope),
                                            .hash = operators::hash_secret(token),
                                            .scopes = {std::string(scope)},
                                            .made = noon}));
        });
        return token;
    }

    std::vector<operators::GuardedRoute> table() {
        return operators::table({.pulse = pulse, .database = database, .clock = clock, .renderer = renderer});
    }

    void serve(std::vector<operators::GuardedRoute> routes, const std::string& public_url = "") {
        for (auto& route : routes) route.handler = reached;
        router = tests::bare_router(operators::guarded(
            std::move(routes),
            {.database = database, .clock = clock, .renderer = renderer, .public_url = public_url}));
    }

    http::Response ask(Method method, std::string target, http::Fields headers, std::string body = {}) {
        http::Request request;
        request.body = std::move(body);
        request.method = method;
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.headers.emplace_back("host", "status.example.org");
        return tests::await(context, router->handle(std::move(request)));
    }
};

bool is_reached(const http::Response& response) {
    return response.status == 200 && response.body && response.body->starts_with("reached");
}

http::Fields with_session(const std::string& session) {
    return {{"cookie", "other=1; outcry_session=" + session}, {"x-csrf-token", operators::csrf_token(session)}};
}

/// "/admin/s/{slug}/{rest*}" as an address.
std::string address_of(const std::string& pattern) {
    std::string address;
    bool inside = false;
    for (const char c : pattern) {
        if (c == '{') address += "x";
        inside = c == '{' || (inside && c != '}');
        if (!inside && c != '}') address += c;
    }
    return address;
}

bool is_operators(const std::string& pattern) {
    return pattern == "/admin" || pattern.starts_with("/admin/") || pattern.starts_with("/api/v1/admin");
}

const operators::GuardedRoute change{Method::post, "/admin/change", {Role::operator_, "incidents"}, reached};

}  // namespace

TEST_CASE("every operator's route lets through whom its rule names, and nobody else") {
    House house;
    const auto routes = house.table();
    REQUIRE_FALSE(routes.empty());
    house.serve(routes);
    const auto admin_token = house.token(operators::admin_scope);
    std::map<std::string, std::string, std::less<>> tokens;
    for (const auto scope : operators::scopes)
        if (scope != operators::admin_scope) tokens[std::string(scope)] = house.token(scope);
    for (const auto& route : routes) {
        const auto address = address_of(route.pattern);
        INFO(http::to_string(route.method) << ' ' << address);
        CHECK(is_operators(route.pattern));
        const auto anyone = route.rule.is_open();
        const auto nobody = house.ask(route.method, address, {});
        CHECK(is_reached(nobody) == anyone);
        if (!anyone) {
            const bool to_sign_in = route.method == Method::get && route.pattern.starts_with("/admin");
            CHECK(nobody.status == (to_sign_in ? 303 : 401));
        }
        for (const auto& [role, session] : house.sessions) {
            INFO("as " << to_string(role));
            const auto answer = house.ask(route.method, address, with_session(session));
            CHECK(is_reached(answer) == (anyone || role >= route.rule.least()));
            CHECK(answer.status == (is_reached(answer) ? 200 : 403));
            CHECK(answer.header("cache-control") == "no-store");
        }
        if (anyone) continue;
        for (const auto& [scope, token] : tokens) {
            INFO("with a token for " << scope);
            const auto answer = house.ask(route.method, address, {{"authorization", "Bearer " + token}});
            CHECK(is_reached(answer) == (scope == route.rule.scope()));
            CHECK(answer.status == (is_reached(answer) ? 200 : 403));
        }
        const auto answer = house.ask(route.method, address, {{"authorization", "Bearer " + admin_token}});
        CHECK(is_reached(answer) == (route.rule.scope() != operators::people_only));
    }
}

TEST_CASE("pages are for people; programs are let in to JSON and to files alone") {
    House house;
    for (const auto& route : house.table()) {
        if (!route.pattern.starts_with("/admin") || route.rule.is_open()) continue;
        const bool file = route.pattern.ends_with(".csv") || route.pattern.ends_with(".ndjson");
        INFO(http::to_string(route.method) << ' ' << route.pattern);
        CHECK((route.rule.scope() == operators::people_only) == !file);
    }
}

TEST_CASE("every page for operators is in the list that the browser tests look at, and no other") {
    House house;
    std::set<std::string> pages, looked_at;
    for (const auto& route : house.table())
        if (route.method == Method::get && !route.pattern.starts_with("/api/")) pages.insert(route.pattern);
    std::ifstream file(OUTCRY_SOURCE_DIR "/tests/browser/console_pages.json");
    const auto list = nlohmann::json::parse(file);
    for (const auto& [pattern, addresses] : list.items()) looked_at.insert(pattern);
    CHECK(looked_at == pages);
    REQUIRE(pages.size() > 10);
}

TEST_CASE("every route of the whole program under /admin or /api/v1/admin is from the guarded table") {
    House house;
    config::Config config;
    ingest::Admission admission{{}};
    ingest::BatchWriter writer(
        house.context.get_executor(),
        [](std::shared_ptr<const std::string>) -> boost::asio::awaitable<void> { co_return; }, {});
    const live::Secrets secrets(house.context.get_executor(), house.database, house.clock);
    pages::Painter painter;
    const auto make = [&] {
        return app::make_routers({.pulse = house.pulse,
                                  .hub = house.hub,
                                  .database = house.database,
                                  .operator_database = house.database,
                                  .writer = writer,
                                  .admission = admission,
                                  .secrets = secrets,
                                  .clock = house.clock,
                                  .painter = painter,
                                  .config = config});
    };
    using Addresses = std::vector<std::pair<Method, std::string>>;
    const auto operators_of = [](const http::Router& router) {
        Addresses addresses;
        for (const auto& route : router.routes())
            if (is_operators(route.pattern)) addresses.emplace_back(route.method, route.pattern);
        std::sort(addresses.begin(), addresses.end());
        return addresses;
    };
    Addresses known;
    for (const auto& route : house.table()) known.emplace_back(route.method, route.pattern);
    std::sort(known.begin(), known.end());
    const auto together = make();
    CHECK(operators_of(*together.everyone) == known);
    CHECK_FALSE(together.operators);

    config.operator_listen = "127.0.0.1:8081";  // then the public listener does not know them
    const auto apart = make();
    CHECK(operators_of(*apart.everyone).empty());
    CHECK(operators_of(*apart.operators) == known);
    CHECK(apart.operators->routes().size() == together.everyone->routes().size());

    for (const auto* stray : {"/admin", "/admin/x", "/api/v1/admin/x"}) {
        const std::vector<http::Route> routes{{Method::get, "/admins", {}}, {Method::get, stray, {}}};
        CHECK_THROWS_AS(operators::refuse_unguarded(routes), std::logic_error);
    }
    const std::vector<http::Route> fine{{Method::get, "/admins", {}},
                                        {Method::get, "/api/v1/administration", {}}};
    CHECK_NOTHROW(operators::refuse_unguarded(fine));
}

TEST_CASE("a change needs the session's own CSRF token and a page of ours") {
    House house;
    house.serve({change});
    const auto& session = house.sessions[Role::operator_];
    const auto csrf = operators::csrf_token(session);
    const auto post = [&](http::Fields more) {
        more.emplace_back("cookie", "outcry_session=" + session);
        return house.ask(Method::post, "/admin/change", std::move(more)).status;
    };
    CHECK(post({{"x-csrf-token", csrf}}) == 200);
    CHECK(post({{"x-csrf-token", csrf}, {"origin", "http://status.example.org"}}) == 200);
    CHECK(post({{"x-csrf-token", csrf}, {"sec-fetch-site", "same-origin"}}) == 200);
    CHECK(post({}) == 403);
    CHECK(post({{"x-csrf-token", csrf.substr(1)}}) == 403);
    CHECK(post({{"x-csrf-token", operators::csrf_token(house.sessions[Role::admin])}}) == 403);
    CHECK(post({{"x-csrf-token", session}}) == 403);
    CHECK(post({{"x-csrf-token", csrf}, {"origin", "http://evil.example"}}) == 403);
    CHECK(post({{"x-csrf-token", csrf}, {"origin", "null"}}) == 403);
    CHECK(post({{"x-csrf-token", csrf}, {"sec-fetch-site", "cross-site"}}) == 403);
    CHECK(post({{"x-csrf-token", csrf}, {"sec-fetch-site", "same-site"}}) == 403);
    // A Bearer header does not turn a cookie's request into a token's.
    CHECK(post({{"authorization", "Bearer " + session}, {"x-csrf-token", csrf}}) == 401);

    http::Request form;
    form.method = Method::post;
    form.target = "/admin/change";
    form.headers = {{"cookie", "outcry_session=" + session},
                    {"content-type", "application/x-www-form-urlencoded"}};
    form.body = "why=x&csrf=" + csrf;
    CHECK(is_reached(tests::await(house.context, house.router->handle(form))));
    form.body = "why=x&csrf=";
    CHECK(tests::await(house.context, house.router->handle(form)).status == 403);
}

TEST_CASE(
    "the API refuses what a route does not know in the address, and a body that is no JSON; pages do not") {
    House house;
    house.serve(house.table());
    const auto admin = house.sign_in("mara", Role::admin);
    for (const auto& route : house.table()) {
        if (route.rule.is_open()) continue;
        const auto address = address_of(route.pattern);
        INFO(http::to_string(route.method) << ' ' << address);
        const bool api = route.pattern.starts_with("/api/");
        const auto asked = house.ask(route.method, address + "?nonsense=1", with_session(admin));
        CHECK(asked.status == (api ? 400 : 200));
        if (api) CHECK_THAT(*asked.body, Catch::Contains("?nonsense"));
        for (const auto name : route.query) {
            const auto known = std::string(name) + "=1";
            CHECK(is_reached(house.ask(route.method, address + "?" + known, with_session(admin))));
            CHECK(house.ask(route.method, address + "?" + known + "&" + known, with_session(admin)).status ==
                  400);
        }
        if (!api || route.method == Method::get) continue;
        const auto send = [&](const std::string& content_type, const std::string& body) {
            auto headers = with_session(admin);
            if (!content_type.empty()) headers.emplace_back("content-type", content_type);
            return house.ask(route.method, address, headers, body);
        };
        for (const auto* wrong : {"", "text/plain", "application/x-www-form-urlencoded"}) {
            const auto answer = send(wrong, "a=b");
            CHECK(answer.status == 415);
            CHECK(answer.header("accept-post") == "application/json");
        }
        CHECK(is_reached(send("application/json; charset=utf-8", "{}")));
        CHECK(is_reached(send("", "")));
    }
}

TEST_CASE("a session ends when nobody uses it, after a week, and with its user") {
    House house;
    house.serve({change});
    const auto session = house.sessions[Role::operator_];
    const auto status = [&] { return house.ask(Method::post, "/admin/change", with_session(session)).status; };
    const auto at = [&](std::chrono::minutes after) { house.clock = live::Clock{noon + after, 0}; };
    at(operators::session_idle - 1min);
    CHECK(status() == 200);  // and is seen
    at(2 * operators::session_idle - 2min);
    CHECK(status() == 200);
    at(3 * operators::session_idle - 1min);
    CHECK(status() == 401);

    for (auto passed = 0min; passed < operators::session_most; passed += operators::session_idle - 1min) {
        at(passed);
        house.database.run([&](storage::Transaction& tx) {
            storage::touch_sign_in(tx, operators::hash_secret(session), house.clock.now());
        });
    }
    at(operators::session_most - 1min);
    CHECK(status() == 200);
    at(operators::session_most + 1min);
    CHECK(status() == 401);

    at(0min);
    CHECK(status() == 200);
    house.database.run([&](storage::Transaction& tx) {
        const auto user = storage::find_user(tx, "operator").value();
        storage::set_user(tx, user.id, user.role, noon);
    });
    CHECK(status() == 401);
}

TEST_CASE("over https the cookie is one that only this host can have set") {
    House house;
    house.serve({change}, "https://status.example.org");
    const auto session = house.sessions[Role::operator_];
    const http::Fields csrf{{"x-csrf-token", operators::csrf_token(session)}};
    const auto status = [&](const std::string& cookie) {
        auto headers = csrf;
        headers.emplace_back("cookie", cookie + session);
        return house.ask(Method::post, "/admin/change", headers).status;
    };
    CHECK(status("__Host-outcry=") == 200);
    CHECK(status("outcry_session=") == 401);
    const auto cookie = operators::set_session_cookie(session, true);
    for (const auto* part : {"; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"})
        CHECK(cookie.find(part) != std::string::npos);
    CHECK(operators::set_session_cookie(session, false).find("Secure") == std::string::npos);
}

TEST_CASE("the audit log is written by those who serve, and altered by nobody") {
    House house;
    house.database.run([&](storage::Transaction& tx) {
        storage::write_audit(
            tx, {.actor = "mara", .action = "user.add", .object = "user jo", .after = R"({"role":"viewer"})"},
            noon);
    });
    CHECK(house.place.ask("select actor || after::text from audit") == R"(mara{"role": "viewer"})");
    for (const auto* statement : {"update audit set actor = 'x'", "delete from audit", "truncate audit",
                                  "set session_replication_role = replica; delete from audit"}) {
        INFO(statement);
        CHECK_THROWS(house.place.ask(statement));  // as the owner, who is a superuser here
    }
    for (const auto* statement :
         {"set role outcry_serve; update audit set actor = 'x'", "set role outcry_serve; delete from audit",
          "set role outcry_serve; truncate audit",
          "set role outcry_serve; alter table audit disable trigger audit_is_kept"})
        CHECK_THROWS(house.place.ask(statement));
    CHECK(house.place.ask("select count(*) from audit") == "1");
}
