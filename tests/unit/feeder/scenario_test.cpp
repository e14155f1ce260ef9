// tests/unit/feeder/scenario_test.cpp: the outage that the demo replays is read to the number; a wrong file is
// explained.
#include "server/feeder/scenario.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace outcry;
using namespace outcry::feeder;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

std::string m365() {
    std::ifstream file(OUTCRY_SOURCE_DIR "/data/scenarios/m365-2026-01-22.json");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string with_reports(const std::string& rows) {
    return R"({"name":"n","title":"t","services":[{"slug":"a","scale":1,"expect":"incident"}],"reports":[)" +
           rows + "]}";
}

std::string mistake(const std::string& json) {
    try {
        parse_scenario(json);
    } catch (const ScenarioError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("the outage of Microsoft 365 is read") {
    const auto scenario = parse_scenario(m365());
    CHECK(scenario.name == "microsoft-365-2026-01-22");
    REQUIRE(scenario.services.size() == 6);
    CHECK(scenario.services[1].slug == "outlook");
    CHECK(scenario.services[1].scale == 0.75);
    CHECK(scenario.services[1].parent == "microsoft-365");
    CHECK(scenario.services[5].expected == "collateral");
    CHECK(scenario.starts() == parse_time("2026-01-22T18:45:00Z"));
    CHECK(scenario.ends() == parse_time("2026-01-23T09:15:00Z"));
    CHECK(scenario.ordinary == 25);
    CHECK(scenario.counts.at(window_of(parse_time("2026-01-22T20:30:00Z"))) == 15'890);
    CHECK(scenario.categories.size() == 4);
    CHECK(scenario.messages[0].value == "451 4.3.2 temporary server issue");
    CHECK(scenario.expected.spike_before == parse_time("2026-01-22T19:37:00Z"));
    CHECK(scenario.expected.peak_15m == 15'890u);
    CHECK(scenario.expected.collateral == std::vector<std::string>{"example-isp"});
}

TEST_CASE("rows further apart than a quarter hour are joined geometrically") {
    const auto scenario = parse_scenario(with_reports(
        R"({"at":"2026-01-22T00:00:00Z","count":100},{"at":"2026-01-22T01:00:00Z","count":1600})"));
    const auto start = window_of(parse_time("2026-01-22T00:00:00Z"));
    REQUIRE(scenario.counts.size() == 5);
    CHECK(scenario.counts.at(start + Window::duration{1}) == Approx(200));
    CHECK(scenario.counts.at(start + Window::duration{2}) == Approx(400));
    CHECK(scenario.counts.at(start + Window::duration{3}) == Approx(800));
}

TEST_CASE("what is wrong with a scenario is named with its place") {
    CHECK_THAT(mistake("{"), Contains("this is no scenario"));
    CHECK_THAT(mistake("[]"), Contains("object"));
    CHECK_THAT(mistake("{}"), Contains("\"name\" is missing"));
    CHECK_THAT(mistake(with_reports("")), Contains("\"reports\" is empty"));
    CHECK_THAT(mistake(with_reports(R"({"at":"2026-01-22T00:01:00Z","count":1})")),
               Contains("reports[0]") && Contains("quarter"));
    CHECK_THAT(mistake(with_reports(R"({"at":"yesterday","count":1})")), Contains("\"yesterday\" is no time"));
    CHECK_THAT(mistake(with_reports(R"({"at":"2026-02-30T00:00:00Z","count":1})")), Contains("is no time"));
    CHECK_THAT(mistake(with_reports(R"({"at":"2026-01-22T00:00:00Z","count":-1})")),
               Contains("reports[0]: \"count\""));
    CHECK_THAT(mistake(with_reports(
                   R"({"at":"2026-01-22T01:00:00Z","count":1},{"at":"2026-01-22T00:00:00Z","count":1})")),
               Contains("reports[1]") && Contains("order"));
}
