// tests/unit/commands/demo_verdict_test.cpp: the demo fails when, and only when, an expectation is not met.
#include "server/commands/demo_verdict.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace outcry;
using namespace outcry::commands;
using namespace std::chrono_literals;

namespace {

const auto six = Minute{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 18h};

feeder::Scenario scenario() {
    feeder::Scenario made;
    made.services = {
        {"mail", 1, "", "incident"}, {"chat", .1, "mail", "incident"}, {"isp", .01, "", "collateral"}};
    made.expected = {.elevated_before = Time{six} + 40min,
                     .spike_before = Time{six} + 60min,
                     .not_closed_before = Time{six} + 5h,
                     .one_incident_per_service = true,
                     .collateral = {"isp"},
                     .peak_15m = 1'000};
    return made;
}

analytics::Incident incident() {
    analytics::Incident made;
    made.phase = analytics::Phase::closed;
    made.began = six + 30min;
    made.opened = six + 50min;
    made.closed = six + 6h;
    return made;
}

DemoFacts good() {
    DemoFacts facts;
    facts.services = {
        {"mail", {incident()}, 990}, {"chat", {incident()}, 99}, {"isp", {}, 5}, {"other", {}, 7}};
    facts.acknowledged = facts.stored = 5'000;
    return facts;
}

std::vector<std::string> unmet(const DemoFacts& facts) {
    std::vector<std::string> names;
    for (const auto& check : judge(scenario(), facts, Time{six} + 8h)) {
        if (!check.met) names.push_back(check.what);
    }
    return names;
}

}  // namespace

TEST_CASE("a demo in which all went as expected passes, with or without an incident on who may have one") {
    auto facts = good();
    CHECK(unmet(facts).empty());
    facts.services[2].incidents = {incident()};
    CHECK(unmet(facts).empty());
}

TEST_CASE("each expectation fails alone") {
    auto facts = good();
    using Names = std::vector<std::string>;
    auto& mail = facts.services[0];
    SECTION("none") {
        mail.incidents.clear();
        CHECK(unmet(facts) == Names{"mail: exactly one incident"});
    }
    SECTION("two") {
        mail.incidents.push_back(incident());
        CHECK(unmet(facts) == Names{"mail: exactly one incident"});
    }
    SECTION("late rise") {
        mail.incidents[0].began = six + 40min;
        CHECK(unmet(facts) == Names{"mail: rise seen to begin before 18:40"});
    }
    SECTION("late") {
        mail.incidents[0].opened = six + 60min;
        CHECK(unmet(facts) == Names{"mail: spike before 19:00"});
    }
    SECTION("too early over") {
        mail.incidents[0].closed = six + 4h;
        CHECK(unmet(facts) == Names{"mail: not closed before 23:00"});
    }
    SECTION("too late over") {
        mail.incidents[0].closed = six + 9h;
        CHECK(unmet(facts) == Names{"mail: closed by 02:00"});
    }
    SECTION("never over") {
        mail.incidents[0].phase = analytics::Phase::open;
        CHECK(unmet(facts) == Names{"mail: closed by 02:00"});
    }
    SECTION("peak") {
        mail.peak_15m = 979;
        CHECK(unmet(facts) == Names{"mail: peak within 2 % of 1000"});
    }
    SECTION("another") {
        facts.services[3].incidents = {incident()};
        CHECK(unmet(facts) == Names{"no incident on the other 1 services"});
    }
    SECTION("refused") {
        facts.refused = 1;
        CHECK(unmet(facts) == Names{"every report was accepted"});
    }
    SECTION("lost") {
        facts.stored = 4'999;
        CHECK(unmet(facts) == Names{"all 5000 acknowledged reports are in the bins, once"});
    }
    SECTION("twice") {
        facts.stored = 5'001;
        CHECK(unmet(facts) == Names{"all 5000 acknowledged reports are in the bins, once"});
    }
    SECTION("given up") {
        facts.stored = 5'001;
        facts.given_up = 1;
        CHECK(unmet(facts) == Names{"every report was accepted"});
    }
    SECTION("missing") {
        mail.slug = "else";
        CHECK(unmet(facts).front() == "mail: in the catalogue");
    }
}
