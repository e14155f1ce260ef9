// tests/unit/operator/tuning/rises_test.cpp: alerts and labels find each other by time.
#include "server/operator/tuning/rises.hpp"

#include <catch2/catch.hpp>

using namespace outcry;
using namespace outcry::operators;
using namespace std::chrono_literals;
using analytics::Incident;
using analytics::Phase;
using storage::AlertLabel;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

Incident alert(int began, int opened, int closed) {
    Incident incident;
    incident.phase = Phase::closed;
    incident.began = noon + std::chrono::minutes{began};
    incident.opened = noon + std::chrono::minutes{opened};
    incident.closed = noon + std::chrono::minutes{closed};
    return incident;
}

AlertLabel label(int began, int ended, bool real) {
    return {
        .began = noon + std::chrono::minutes{began}, .ended = noon + std::chrono::minutes{ended}, .real = real};
}

std::string in_words(const std::vector<Rise>& rises) {
    std::string words;
    for (const auto& rise : rises) {
        words += std::to_string((rise.began - noon).count()) + ".." +
                 std::to_string((rise.ended - noon).count()) + ' ' + std::string(to_string(rise.change));
        if (rise.real) words += *rise.real ? " real" : " false";
        words += '\n';
    }
    return words;
}

}  // namespace

TEST_CASE("each rise is told once, newest first, as wide as both of its alerts") {
    analytics::Comparison found;
    found.added = {alert(300, 305, 350)};
    found.removed = {alert(0, 10, 50)};
    found.later = {{alert(100, 104, 140), alert(98, 107, 150)}};
    found.unchanged = {{alert(200, 204, 240), alert(200, 204, 240)}};
    CHECK(in_words(rises_of(found, {}, noon + 24h)) ==
          "300..350 added\n200..240 kept\n98..150 later\n0..50 removed\n");
}

TEST_CASE("an alert that is open ends with the window, and covers a minute even when it has just opened") {
    analytics::Comparison found;
    auto open = alert(60, 70, 0);
    open.phase = Phase::open;
    found.added = {open};
    CHECK(in_words(rises_of(found, {}, noon + 100min)) == "60..100 added\n");
    CHECK(in_words(rises_of(found, {}, noon + 70min)) == "60..71 added\n");
}

TEST_CASE("a labelled outage that the draft does not find is missed, with or without an alert") {
    analytics::Comparison found;
    found.removed = {alert(0, 10, 50), alert(100, 110, 150)};
    found.unchanged = {{alert(200, 204, 240), alert(200, 204, 240)}};
    const std::array labels{label(5, 40, true), label(120, 130, false), label(400, 450, true),
                            label(200, 240, true), label(500, 510, false)};
    const auto rises = rises_of(found, labels, noon + 24h);
    CHECK(in_words(rises) ==
          "500..510 kept false\n400..450 missed real\n200..240 kept real\n100..150 removed false\n"
          "0..50 missed real\n");
    CHECK(labelled(rises) == Labelled{.outages = 3,
                                      .missed = 2,
                                      .missed_by_saved = 1,
                                      .false_alarms = 2,
                                      .raised = 0,
                                      .raised_by_saved = 1});
}

TEST_CASE("of two labels on one alert the outage weighs more, and touching is not overlapping") {
    analytics::Comparison found;
    found.added = {alert(100, 110, 150)};
    const std::array both{label(90, 105, true), label(140, 160, false)},
        beside{label(50, 100, true), label(150, 160, false)};
    CHECK(in_words(rises_of(found, both, noon + 24h)) == "100..150 added real\n");
    CHECK(in_words(rises_of(found, beside, noon + 24h)) ==
          "150..160 kept false\n100..150 added\n50..100 missed real\n");
}
