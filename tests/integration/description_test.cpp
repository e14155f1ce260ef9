// tests/integration/description_test.cpp: the API's description and its tables of routes say the same, each
// way.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "server/api/routes.hpp"
#include "server/live/event_hub.hpp"
#include "server/live/pulse.hpp"
#include "server/openapi/description.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/pictures/painter.hpp"
#include "server/pages/routes.hpp"
#include "tests/support/premises.hpp"

using namespace outcry;
using Json = nlohmann::ordered_json;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + std::chrono::hours{12}};

/// Both tables, of handlers that nobody asks.
struct Tables : tests::Premises {
    Tables() : Premises(noon) {}

    ingest::Admission admission{{}};
    ingest::BatchWriter writer{
        context.get_executor(),
        [](std::shared_ptr<const std::string>) -> boost::asio::awaitable<void> { co_return; },
        {}};
    pages::Painter painter;
    pages::Renderers renderers = pages::make_renderers("", "");
    std::function<ingest::ReporterSecrets()> secrets;

    std::vector<http::Route> everyones() {
        auto all = api::routes({.pulse = pulse,
                                .database = database,
                                .admission = admission,
                                .writer = writer,
                                .events = hub,
                                .clock = clock,
                                .secrets = secrets});
        for (auto& route : pages::routes({.pulse = pulse,
                           .database = database,
                           .admission = admission,
                           .writer = writer,
                           .clock = clock,
                           .painter = painter,
                           .secrets = secrets,
                           .renderer = renderers.front()},
                                         renderers))
            if (route.pattern.starts_with("/api/")) all.push_back(std::move(route));
        return all;
    }
    std::vector<operators::GuardedRoute> operators_own() {
        auto all = operators::table(
            {.pulse = pulse, .database = database, .clock = clock, .renderer = renderers.front()});
        std::erase_if(all, [](const auto& route) { return !route.pattern.starts_with("/api/"); });
        return all;
    }
};

std::string line_of(http::Method method, const std::string& pattern, const std::string& who) {
    return std::string(http::to_string(method)) + ' ' + pattern + who;
}

/// "PUT /api/v1/admin/catalogue role operator, scope catalogue", as the description has it.
std::set<std::string> described() {
    std::set<std::string> lines;
    for (const auto& [path, item] : openapi::description()["paths"].items())
        for (const auto& [name, operation] : item.items()) {
            auto method = name;
            std::transform(method.begin(), method.end(), method.begin(),
                           [](char c) { return static_cast<char>(c - 32); });
            std::string who;
            if (operation.contains("x-role"))
                who = " role " + operation["x-role"].get<std::string>() + ", scope " +
                      operation["x-scope"].get<std::string>();
            lines.insert(method + ' ' + path + who);
        }
    return lines;
}

}  // namespace

TEST_CASE("every route of the API is described with who may ask for it, and nothing else is") {
    Tables tables;
    std::set<std::string> routes;
    for (const auto& route : tables.everyones()) routes.insert(line_of(route.method, route.pattern, ""));
    for (const auto& route : tables.operators_own()) {
        CHECK(route.rule.scope() != operators::people_only);
        routes.insert(line_of(route.method, route.pattern,
                              " role " + std::string(to_string(route.rule.least())) + ", scope " +
                                  std::string(route.rule.scope())));
    }
    REQUIRE(routes.size() > 50);
    CHECK(described() == routes);
}

TEST_CASE("the parameters that an operators' route knows are the described ones") {
    Tables tables;
    const auto paths = openapi::description()["paths"];
    for (const auto& route : tables.operators_own()) {
        auto method = std::string(http::to_string(route.method));
        for (auto& c : method) c = static_cast<char>(c + 32);
        INFO(method << ' ' << route.pattern);
        const auto& operation = paths[route.pattern][method];
        std::set<std::string> known(route.query.begin(), route.query.end()), named;
        if (operation.contains("parameters"))
            for (const auto& each : operation["parameters"])
                if (each.value("in", "") == "query") named.insert(each["name"]);
        CHECK(named == known);
        CHECK(operation["responses"].contains("400"));
        CHECK(operation["responses"].contains("415") == operation.contains("requestBody"));
    }
}

TEST_CASE("who may ask is said as security too: a change by a session needs its token") {
    for (const auto& [path, item] : openapi::description()["paths"].items())
        for (const auto& [method, operation] : item.items()) {
            INFO(method << ' ' << path);
            const bool guarded = path.starts_with("/api/v1/admin");
            REQUIRE(operation.contains("x-role") == guarded);
            if (!guarded) {
                CHECK_FALSE(operation.contains("security"));
                continue;
            }
            auto session = Json{{"session", Json::array()}};
            if (method != "get") session["csrf"] = Json::array();
            CHECK(operation["security"] == Json::array({Json{{"token", Json::array()}}, session}));
            CHECK(operation["responses"].contains("401"));
            CHECK(operation["responses"].contains("403"));
        }
}
