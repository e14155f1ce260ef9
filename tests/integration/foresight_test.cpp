// tests/integration/foresight_test.cpp: over the demo's outage, what the preview says of a draft is what a live
// board does under it, whatever the draft.
#include <fmt/chrono.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "demo_scenario.hpp"
#include "server/commands/demo_world.hpp"
#include "server/live/tally.hpp"
#include "server/live/zones.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/operator/tuning/foresight.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/bins.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using analytics::DetectorSettings;
using analytics::Incident;
using nlohmann::json;
using storage::ServiceId;

namespace {

using Counts = std::vector<std::uint32_t>;  // one a minute

/// Four ordinary weeks, the outage of the demo and the calm after it, counted and stored.
struct Demo {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    feeder::Scenario scenario = feeder::parse_scenario(data::m365_2026_01_22);
    Minute from = minute_of(scenario.starts()) - std::chrono::days{28};
    Minute to = minute_of(scenario.ends()) + 3h;
    std::vector<commands::DemoService> services;
    std::map<ServiceId, Counts> counts;

    live::Clock clock{to + 1min, 0};
    live::EventHub hub;
    live::Tally tally{context.get_executor(), database, clock};
    live::Pulse pulse{context.get_executor(), database, hub, clock};
    std::unique_ptr<http::Router> router;
    std::string bearer = "Bearer ";

    Demo() {
        commands::import_demo_catalogue(database, scenario, from);
        services = commands::choose_services(database, scenario, 0);
        count();
        store();
        tests::await(context, tally.cycle());
        tests::await(context, pulse.load());
        const auto token = operators::make_token();
        bearer += token;
        database.run([&](storage::Transaction& tx) {
            storage::put_token(tx, {.name = "tuner",
                                    .hash = operators::hash_secret(token),
                                    .scopes = {std::string(operators::preview_scope)},
                                    .made = clock.now()});
        });
        auto routes = operators::routes({.pulse = pulse,
                                         .database = database,
                                         .clock = clock,
                                         .renderer = pages::make_renderers("", "").front()});
        router = tests::bare_router(std::move(routes));
    }

    /// Each minute of each service as the demo sends it.
    void count() {
        const auto schedule = commands::schedule_of(services, scenario);
        const auto minutes = static_cast<std::size_t>((to - from).count());
        for (const auto& each : services) counts[each.service.id].resize(minutes);
        for (std::size_t i = 0; i < minutes; ++i) {
            const Minute at = from + std::chrono::minutes{i};
            for (const auto& tap : schedule.taps_of(at)) ++counts[services[tap.service].service.id][i];
        }
    }

    void store() {
        std::vector<storage::ServiceBin> bins;
        for (const auto& [service, of_service] : counts)
            for (std::size_t i = 0; i < of_service.size(); ++i)
                if (of_service[i] > 0)
                    bins.push_back(
                        {service, {.minute = from + std::chrono::minutes{i}, .reports = of_service[i]}});
        database.run([&](storage::Transaction& tx) { storage::import_bins(tx, bins); });
    }

    json preview(const storage::Service& service, const DetectorSettings& draft, const std::string& window) {
        http::Request request;
        request.method = http::Method::post;
        request.target = "/api/v1/admin/services/" + service.slug + "/detector/preview";
        request.headers = {{"content-type", "application/json"}, {"authorization", bearer}};
        request.body = json{{"window", window},
                            {"params",
                             {{"false_alarms_per_year", draft.false_alarms_per_year},
                              {"least_reports", draft.least_reports},
                              {"hold", draft.hold.count()},
                              {"clear", draft.clear.count()}}}}
                           .dump();
        const auto answer = tests::await(context, router->handle(std::move(request)));
        REQUIRE(answer.status == 200);
        return json::parse(*answer.body);
    }

    /// What a live board declares when `draft` is saved at `change`; it looks now and then, as cycles come, and
    /// is started again now and then.
    std::vector<Incident> live_board(const storage::Service& service, const DetectorSettings& draft,
                                     Minute change, std::mt19937& random) const {
        const auto zone = live::load_zone(service.zone, to);
        analytics::Board board;
        board.add(service.id, analytics::Monitor(service.settings, zone, from));
        board.set(service.id, draft, change);
        std::vector<Incident> closed;
        const auto look = [&](Minute until) {
            for (const auto& transition : board.advance(until))
                if (transition.closed && transition.incident.opened >= change)
                    closed.push_back(transition.incident);
        };
        Minute next_look = from, next_start = from + 4 * 24h;
        for (std::size_t i = 0; i < counts.at(service.id).size(); ++i) {
            const Minute at = from + std::chrono::minutes{i};
            if (at >= next_look) {
                look(at);
                next_look = at + std::chrono::minutes{1 + random() % 90};
            }
            if (at >= next_start) {
                look(at);
                const auto saved = board.monitor(service.id)->save();
                board.replace(service.id,
                              analytics::Monitor::restore(saved, at > change ? draft : service.settings, zone));
                next_start = at + std::chrono::hours{20 + random() % 200};
            }
            if (const auto count = counts.at(service.id)[i]; count > 0)
                board.apply(service.id, {.minute = at, .reports = count});
        }
        look(to);
        const auto& last = board.standing(service.id).incident;
        if (last.phase == analytics::Phase::open && last.opened >= change) closed.push_back(last);
        return closed;
    }
};

/// From one alarm in twenty years to one a day, down to single reports.
DetectorSettings any_settings(std::mt19937& random) {
    const auto up_to = [&](unsigned most) { return random() % (most + 1); };
    const double eager = up_to(2) > 0 ? 6 : 0;
    return {.false_alarms_per_year = std::min(366., .05 * std::pow(2., eager + up_to(700) / 100.)),
            .least_reports = static_cast<std::uint32_t>(std::pow(1.2, up_to(40))),
            .hold = std::chrono::minutes{up_to(1) == 0 ? up_to(60) : 0},
            .clear = std::chrono::minutes{1 + (up_to(3) == 0 ? up_to(1'439) : up_to(60))}};
}

std::string rfc3339(Minute at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

double rounded(double value) {
    return std::round(value * 100) / 100;
}

/// As the preview should tell it.
json in_json(const Incident& incident) {
    const auto& why = incident.reasons;
    const bool closed = incident.phase == analytics::Phase::closed;
    return {{"began", rfc3339(incident.began)},
            {"opened", rfc3339(incident.opened)},
            {"closed", closed ? json(rfc3339(incident.closed)) : json(nullptr)},
            {"peak", {{"reports_15m", incident.peak}, {"at", rfc3339(incident.peak_at)}}},
            {"total", incident.total},
            {"region", incident.region == analytics::RegionKey::none
                           ? json(nullptr)
                           : json(analytics::region_code(incident.region))},
            {"reasons",
             {{"observed", why.observed},
              {"expected", rounded(why.expected)},
              {"ratio", rounded(why.ratio())},
              {"score", rounded(why.score)},
              {"threshold", rounded(why.threshold)}}}};
}

json in_json(const std::vector<Incident>& incidents) {
    auto list = json::array();
    for (const auto& incident : incidents) list.push_back(in_json(incident));
    return list;
}

}  // namespace

TEST_CASE("over the demo, what the preview says of any draft is what the board then does") {
    Demo demo;
    std::mt19937 random(50);
    std::size_t found = 0, outages = 0;
    for (std::size_t round = 0; round < 100; ++round) {
        const auto draft = any_settings(random);
        const auto& service = demo.services[round % demo.services.size()].service;
        // A month and more, or a change of settings in the middle of the outage.
        const std::chrono::hours window{random() % 2 == 0 ? 72 * (1 + random() % 10) : 1 + random() % 36};
        CAPTURE(round, service.slug, window.count(), draft.false_alarms_per_year, draft.least_reports,
                draft.hold.count(), draft.clear.count());
        const auto answer = demo.preview(service, draft, std::to_string(window.count()) + "h");
        REQUIRE(answer["to"] == rfc3339(demo.to));
        const Minute change = std::max<Minute>(demo.from, demo.to - window);
        REQUIRE(answer["from"] == rfc3339(change));

        const auto live = demo.live_board(service, draft, change, random);
        CHECK(answer["alerts"]["draft"].dump() == in_json(live).dump());

        // Nor is anything hidden behind two digits.
        const auto recorded = demo.database.run(
            [&](storage::Transaction& tx) { return live::load_recorded(tx, service, window); });
        CHECK(operators::foresee(service, draft, recorded).comparison.draft == live);
        found += live.size();
        outages += std::any_of(live.begin(), live.end(), [](const auto& each) { return each.peak > 100; });
    }
    CHECK(found >= 60);
    CHECK(outages >= 30);
}
