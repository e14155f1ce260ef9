// tests/unit/analytics/m365_test.cpp: the outage that the demo replays, judged minute by minute.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "analytics/monitor.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Minute midnight = std::chrono::sys_days{std::chrono::year{2026} / 1 / 22};

Minute parse(const std::string& text) {
    const auto number = [&](int at) { return std::stoi(text.substr(at, 2)); };
    return std::chrono::sys_days{std::chrono::year{2026} / 1 / number(8)} + hours{number(11)} +
           minutes{number(14)};
}

/// Reports per quarter-hour of the scenario, gaps filled geometrically, by the start of the quarter-hour.
std::map<Minute, double> outage() {
    std::ifstream file(OUTCRY_SOURCE_DIR "/data/scenarios/m365-2026-01-22.json");
    const auto scenario = nlohmann::json::parse(file);
    std::map<Minute, double> quarters;
    for (const auto& row : scenario["reports"]) {
        const Minute at = parse(row["at"].get<std::string>());
        const double count = row["count"].get<double>();
        if (!quarters.empty()) {
            const auto [from, before] = *quarters.rbegin();
            const double steps = static_cast<double>((at - from) / 15min);
            for (int i = 1; i < steps; ++i)
                quarters[from + i * 15min] = before * std::pow(count / before, i / steps);
        }
        quarters[at] = count;
    }
    return quarters;
}

struct Seen {
    Minute possible{}, spike{}, closed{};
    int incidents = 0;
    Incident incident;
};

/// 28 days of noise, then the day of the outage and the next, as `monitor` saw them.
Seen watch(double scale, std::uint64_t seed) {
    const auto quarters = outage();
    synthetic::Counts counts(seed);
    Monitor monitor({}, nullptr, midnight - days{28});
    Seen seen;
    for (Minute at = midnight - days{28}; at < midnight + days{2}; at += 1min) {
        const double usual = 25. / 15 * scale * synthetic::rhythm(at);
        const auto quarter = quarters.find(std::chrono::floor<minutes>(window_of(at)));
        const bool broken = quarter != quarters.end() && quarter->second / 15 * scale > usual;
        const auto phase = monitor.incident().phase;
        const auto& verdict =
            monitor.step(broken ? counts.steady(quarter->second / 15 * scale) : counts(usual));
        const bool today = at >= midnight + hours{18};
        if (today && verdict.state == State::possible && seen.possible == Minute{})
            seen.possible = verdict.until;
        if (today && verdict.state == State::spike && seen.spike == Minute{}) seen.spike = verdict.until;
        if (monitor.incident().phase == Phase::open && phase != Phase::open) ++seen.incidents;
        if (monitor.incident().phase == Phase::closed && phase == Phase::open) seen.closed = verdict.until;
    }
    if (seen.possible == Minute{} || seen.possible > seen.spike) seen.possible = seen.spike;
    seen.incident = monitor.incident();
    return seen;
}

}  // namespace

TEST_CASE("the outage of Microsoft 365 is one incident for each service that it touched") {
    for (const double scale : {1., .75, .15, .08, .03}) {
        for (const std::uint64_t seed : {1, 2, 3}) {
            CAPTURE(scale, seed);
            const auto seen = watch(scale, seed);
            CHECK(seen.incidents == 1);
            CHECK(seen.spike > midnight + hours{19} + 15min);
            CHECK(seen.spike <= midnight + hours{19} + (scale > .1 ? 25min : 37min));
            if (scale >= .75) CHECK(seen.possible <= midnight + hours{19} + 20min);
            CHECK(seen.closed >= midnight + hours{28});
            CHECK(seen.closed <= midnight + hours{36});
            CHECK(seen.incident.began >= midnight + hours{19});
            CHECK(seen.incident.began < seen.incident.opened);
            CHECK(seen.incident.peak == Approx(15890 * scale).epsilon(.1));
            CHECK(seen.incident.peak_at >= midnight + hours{20} + 15min);
            CHECK(seen.incident.peak_at <= midnight + hours{21});
            CHECK(seen.incident.reasons.score >= seen.incident.reasons.threshold);
        }
    }
}

TEST_CASE("fifty noisy services pass a day without an incident") {
    for (int service = 0; service < 50; ++service) {
        CAPTURE(service);
        const double rate = .02 * std::pow(1.15, service);
        synthetic::Counts counts(1000 + service);
        Monitor monitor({}, nullptr, midnight - days{14});
        Minute at = midnight - days{14};
        for (; at < midnight; at += 1min) monitor.step(counts(rate * synthetic::rhythm(at)));
        for (; at < midnight + days{1}; at += 1min) {
            monitor.step(counts(rate * synthetic::rhythm(at)));
            REQUIRE(monitor.incident().phase != Phase::open);
        }
        CHECK(monitor.verdict().state == State::normal);
    }
}

}  // namespace outcry::analytics
