// tests/support/notification_desk.hpp: the pages and the API by which operators say who is told of what.
#pragma once
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

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
#include "tests/support/premises.hpp"

namespace outcry::tests {

using namespace std::chrono_literals;
using http::Method;
using nlohmann::json;

inline const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
inline const std::string hook = R"({"name":"ops","kind":"webhook","address":"http://127.0.0.2/hook"})";

struct NotificationDesk : Premises {
    // Names are really resolved; one address of loopback stands for the world outside.
    outbound::Client client{{.rules = outbound::AddressRules({"127.0.0.2"})}};
    std::unique_ptr<http::Router> router;
    std::string token = operators::make_token();
    std::string session = operators::make_secret(), viewer = operators::make_secret();

    NotificationDesk() : Premises(noon) {
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
        await(context, pulse.load());
        router = bare_router(
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
        return await(context, router->handle(std::move(request)));
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

inline std::string with_address(const std::string& address, const std::string& kind = "webhook") {
    return json{{"name", "ops"}, {"kind", kind}, {"address", address}}.dump();
}

}  // namespace outcry::tests
