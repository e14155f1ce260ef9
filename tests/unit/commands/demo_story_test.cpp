// tests/unit/commands/demo_story_test.cpp: everything is told once, when it is known.
#include "server/commands/demo_story.hpp"

#include <catch2/catch.hpp>

using namespace outcry;
using namespace outcry::commands;
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

TEST_CASE("an incident is told as it opens, peaks and ends, the provider's words in between") {
    const auto six = Minute{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 18h};
    feeder::Scenario scenario;
    scenario.official = {{Time{six} + 97min, "investigating", "Looks into it"}};
    DemoStory story(scenario, {{7, "Microsoft 365"}});
    CHECK(story.tell({}, six).empty());

    storage::IncidentRecord record;
    record.id = "x";
    record.service = 7;
    auto& incident = record.incident;
    incident.phase = analytics::Phase::open;
    incident.opened = incident.peak_at = six + 83min;
    incident.peak = 410;
    incident.reasons.observed = 410;
    incident.reasons.expected = 10.8;
    CHECK(story.tell({record}, six + 84min) ==
          Lines{"19:23 spike: Microsoft 365, 410 reports in 15 minutes, 38 times the usual"});

    incident.peak = 15'890;
    incident.peak_at = six + 165min;
    CHECK(story.tell({record}, six + 166min) ==
          Lines{"19:37 the provider says (investigating): Looks into it"});
    CHECK(story.tell({record}, six + 211min) ==
          Lines{"20:45 peak: Microsoft 365, 15,890 reports in 15 minutes"});
    CHECK(story.tell({record}, six + 212min).empty());

    incident.phase = analytics::Phase::closed;
    incident.closed = six + 793min;
    incident.total = 1'175'204;
    CHECK(story.tell({record}, six + 800min) ==
          Lines{"07:13 over: Microsoft 365, after 11 h 50 min and 1,175,204 reports"});
    CHECK(story.tell({record}, six + 801min).empty());
}
