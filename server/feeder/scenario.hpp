// server/feeder/scenario.hpp: an outage as a file: who was hit, how many reported when, and what is expected of
// a detector.
#pragma once
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::feeder {

/// One of several things, with the share of reports that have it.
struct Weighted {
    std::string value;
    double share = 0;
};

struct ScenarioService {
    std::string slug;
    double scale = 1;      // its reports are the scenario's counts times this
    std::string parent;    // slug; empty: none
    std::string expected;  // "incident" or "collateral"
};

/// What the provider said, and when.
struct Statement {
    Time at{};
    std::string status, summary;
};

struct Expectations {
    std::optional<Time> elevated_before, spike_before, not_closed_before;
    bool one_incident_per_service = false;
    std::vector<std::string> collateral;    // may have an incident, need not
    std::optional<std::uint32_t> peak_15m;  // of the service with scale 1
};

struct Scenario {
    std::string name, title;
    std::vector<ScenarioService> services;
    std::map<Window, double> counts;  // reports of each quarter of an hour, by its start, no gaps
    double ordinary = 0;              // reports of an ordinary quarter of an hour by day, at scale 1
    std::vector<Weighted> categories, messages, regions;
    std::vector<Statement> official;  // in order of time
    Expectations expected;

    Time starts() const;  // of the first quarter
    Time ends() const;    // of the last one
};

/// What is wrong with the file, as a sentence.
struct ScenarioError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads a scenario of 15-minute counts. Rows further apart are joined geometrically, quarter by quarter.
Scenario parse_scenario(std::string_view json);

/// "2026-01-22T18:45:00Z". Throws ScenarioError.
Time parse_time(const std::string& text);

}  // namespace outcry::feeder
