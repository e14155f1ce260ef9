// tests/support/front_door.hpp: a browser before the operators' pages: setting up, signing in, and who works
// here.
#pragma once
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "server/http/target.hpp"
#include "server/operator/account/link.hpp"
#include "server/operator/account/password.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/users.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/reports.hpp"
#include "server/storage/services.hpp"
#include "server/storage/statements.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/premises.hpp"

namespace outcry::tests {

using namespace std::chrono_literals;
using http::Method;

inline const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
inline const std::string good = "olive tractor quiet seven", better = "seven quiet tractors, olive";

using Form = std::vector<std::pair<std::string, std::string>>;

struct FrontDoor : Premises {
    std::unique_ptr<http::Router> router;
    std::string cookie, client = "192.0.2.1";

    FrontDoor() : Premises(noon) { start(); }

    /// The program as it is after a start, on the same database.
    void start() {
        auto routes = operators::routes({.pulse = pulse,
                                         .database = database,
                                         .clock = clock,
                                         .renderer = pages::make_renderers("", "").front()});
        router = bare_router(std::move(routes));
    }

    http::Response ask(Method method, const std::string& target, const std::string& body = "") {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.client = boost::asio::ip::make_address(client);
        request.headers = {{"host", "localhost:8080"}, {"content-type", "application/x-www-form-urlencoded"}};
        if (!cookie.empty()) request.headers.emplace_back("cookie", "outcry_session=" + cookie);
        return await(context, router->handle(std::move(request)));
    }
    http::Response get(const std::string& target) { return ask(Method::get, target); }

    /// Sent from a page of the session that stands, and its cookie is kept as a browser would.
    http::Response post(const std::string& target, Form form) {
        if (!cookie.empty()) form.emplace_back("csrf", operators::csrf_token(cookie));
        std::string body;
        for (const auto& [name, value] : form)
            body += (body.empty() ? "" : "&") + name + "=" + http::percent_encode(value);
        auto answer = ask(Method::post, target, body);
        const std::string set(answer.header("set-cookie"));
        const std::string start = "outcry_session=";
        if (set.starts_with(start)) cookie = set.substr(start.size(), set.find(';') - start.size());
        return answer;
    }

    std::string setup_link() {
        return database.run([&](storage::Transaction& tx) {
            return operators::make_setup_link(tx, "test", clock.now(), clock.now() + operators::link_lasts)
                .value_or("");
        });
    }
    std::string password_link(const std::string& name) {
        return database.run([&](storage::Transaction& tx) {
            return operators::make_password_link(tx, storage::find_user(tx, name)->id, clock.now(),
                                                 clock.now() + operators::link_lasts);
        });
    }
    void pass(std::chrono::milliseconds span) { clock = live::Clock{clock.now() + span, 0}; }

    /// Mara, the first admin, signed in.
    void set_up() {
        REQUIRE(post(setup_link(), {{"name", "Mara"}, {"password", good}, {"again", good}}).status == 303);
    }
    void add(const std::string& name, operators::Role role) {
        database.run(
            [&](storage::Transaction& tx) { operators::add_user(tx, "test", name, role, "", clock.now()); });
        const auto mine = std::exchange(cookie, "");
        REQUIRE(post(password_link(name), {{"password", better}, {"again", better}}).status == 303);
        cookie = mine;
    }
    http::Response sign_in(const std::string& name, const std::string& password) {
        cookie.clear();
        return post("/admin/sign-in", {{"name", name}, {"password", password}, {"next", "/admin/audit"}});
    }

    /// An open incident of a service of that name.
    std::string incident(const std::string& name) {
        storage::Service service;
        service.slug = service.name = name;
        return database.run([&](storage::Transaction& tx) {
            analytics::Transition opening;
            opening.service = storage::put_service(tx, service, noon - 24h);
            opening.at = minute_of(noon);
            opening.opened = true;
            opening.from = analytics::State::normal;
            opening.to = analytics::State::spike;
            auto& incident = opening.incident;
            incident.phase = analytics::Phase::open;
            incident.began = incident.peak_at = minute_of(noon) - 5min;
            incident.opened = minute_of(noon);
            incident.peak = 40;
            incident.total = 41;
            incident.reasons.state = analytics::State::spike;
            return storage::record_transition(tx, opening, 1, noon)->id;
        });
    }
};

inline bool says(const http::Response& response, std::string_view text) {
    return response.body && response.body->find(text) != std::string::npos;
}

}  // namespace outcry::tests
