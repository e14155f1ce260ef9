// server/commands/demo_verdict.hpp: what a scenario expects of Outcry, held against what Outcry made of it.
#pragma once
#include <string>
#include <vector>

#include "analytics/incident.hpp"
#include "server/feeder/scenario.hpp"

namespace outcry::commands {

/// What became of one service.
struct ServiceFacts {
    std::string slug;
    std::vector<analytics::Incident> incidents;
    std::uint32_t peak_15m = 0;  // most reports counted in any quarter hour of the clock
};

struct DemoFacts {
    std::vector<ServiceFacts> services;
    std::uint64_t acknowledged = 0, refused = 0, given_up = 0;
    std::uint64_t stored = 0;  // in the bins, counted or not
};

/// One expectation and whether it was met.
struct Check {
    bool met = false;
    std::string what;  // "microsoft-365: spike before 19:37"
    std::string seen;  // "19:21"
};

/// Every expectation of the scenario, service by service, then those that concern all. Incidents must be over
/// by `closed_before`. Pure.
std::vector<Check> judge(const feeder::Scenario&, const DemoFacts&, Time closed_before);

}  // namespace outcry::commands
