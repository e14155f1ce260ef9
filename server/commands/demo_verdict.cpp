// server/commands/demo_verdict.cpp: one check after the other.
#include "server/commands/demo_verdict.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace outcry::commands {
namespace {

std::string hhmm(Time at) {
    return fmt::format("{:%H:%M}", std::chrono::floor<std::chrono::seconds>(at));
}

const ServiceFacts* find(const DemoFacts& facts, const std::string& slug) {
    const auto same = [&](const ServiceFacts& service) { return service.slug == slug; };
    const auto found = std::find_if(facts.services.begin(), facts.services.end(), same);
    return found == facts.services.end() ? nullptr : &*found;
}

void judge_times(std::vector<Check>& checks, const feeder::Expectations& expected, const ServiceFacts& facts,
                 Time closed_before) {
    const auto& incident = facts.incidents.front();
    if (expected.elevated_before) {
        checks.push_back(
            {Time{incident.began} < *expected.elevated_before,
             fmt::format("{}: rise seen to begin before {}", facts.slug, hhmm(*expected.elevated_before)),
             hhmm(incident.began)});
    }
    if (expected.spike_before) {
        checks.push_back({Time{incident.opened} < *expected.spike_before,
                          fmt::format("{}: spike before {}", facts.slug, hhmm(*expected.spike_before)),
                          hhmm(incident.opened)});
    }
    const bool closed = incident.phase == analytics::Phase::closed;
    const auto seen = closed ? hhmm(incident.closed) : "still open";
    if (expected.not_closed_before) {
        checks.push_back(
            {!closed || Time{incident.closed} >= *expected.not_closed_before,
             fmt::format("{}: not closed before {}", facts.slug, hhmm(*expected.not_closed_before)), seen});
    }
    checks.push_back({closed && Time{incident.closed} <= closed_before,
                      fmt::format("{}: closed by {}", facts.slug, hhmm(closed_before)), seen});
}

void judge_peak(std::vector<Check>& checks, const feeder::Expectations& expected, const ServiceFacts& facts) {
    if (!expected.peak_15m) return;
    const double off = std::abs(facts.peak_15m / static_cast<double>(*expected.peak_15m) - 1);
    checks.push_back({off <= .02, fmt::format("{}: peak within 2 % of {}", facts.slug, *expected.peak_15m),
                      std::to_string(facts.peak_15m)});
}

bool may_have_incident(const feeder::Scenario& scenario, const std::string& slug) {
    const auto& spared = scenario.expected.collateral;
    if (std::find(spared.begin(), spared.end(), slug) != spared.end()) return true;
    return std::any_of(scenario.services.begin(), scenario.services.end(), [&](const auto& service) {
        return service.slug == slug && service.expected == "incident";
    });
}

Check judge_others(const feeder::Scenario& scenario, const DemoFacts& facts) {
    std::string alarmed;
    std::size_t others = 0;
    for (const auto& service : facts.services) {
        if (may_have_incident(scenario, service.slug)) continue;
        ++others;
        if (!service.incidents.empty()) alarmed += (alarmed.empty() ? "" : ", ") + service.slug;
    }
    return {alarmed.empty(), fmt::format("no incident on the other {} services", others),
            alarmed.empty() ? "none" : alarmed};
}

}  // namespace

std::vector<Check> judge(const feeder::Scenario& scenario, const DemoFacts& facts, Time closed_before) {
    std::vector<Check> checks;
    for (const auto& service : scenario.services) {
        const auto* mine = find(facts, service.slug);
        if (mine == nullptr) {
            checks.push_back({false, service.slug + ": in the catalogue", "missing"});
            continue;
        }
        if (service.scale == 1) judge_peak(checks, scenario.expected, *mine);
        if (service.expected != "incident") continue;
        const auto count = mine->incidents.size();
        const bool right = scenario.expected.one_incident_per_service ? count == 1 : count >= 1;
        checks.push_back({right, service.slug + ": exactly one incident", std::to_string(count)});
        if (count > 0) judge_times(checks, scenario.expected, *mine, closed_before);
    }
    checks.push_back(judge_others(scenario, facts));
    checks.push_back({facts.refused + facts.given_up == 0, "every report was accepted",
                      fmt::format("{} refused, {} given up", facts.refused, facts.given_up)});
    // One that was given up may have been stored all the same.
    const bool all_stored =
        facts.stored >= facts.acknowledged && facts.stored - facts.acknowledged <= facts.given_up;
    checks.push_back({all_stored,
                      fmt::format("all {} acknowledged reports are in the bins, once", facts.acknowledged),
                      std::to_string(facts.stored)});
    return checks;
}

}  // namespace outcry::commands
