// tests/unit/live/parts_test.cpp: zones, settings by time, and the pace of counts.
#include <catch2/catch.hpp>

#include "server/live/counts_pace.hpp"
#include "server/live/settings_history.hpp"
#include "server/live/zones.hpp"

using namespace outcry;
using namespace std::chrono_literals;

namespace {
const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
}

TEST_CASE("a zone's offsets follow its clock changes") {
    const auto berlin = live::load_zone("Europe/Berlin", noon);
    REQUIRE(berlin);
    CHECK(berlin->offset(noon) == 1h);
    CHECK(berlin->offset(std::chrono::sys_days{std::chrono::year{2026} / 3 / 29} + 59min) == 1h);
    CHECK(berlin->offset(std::chrono::sys_days{std::chrono::year{2026} / 3 / 29} + 1h) == 2h);
    CHECK(berlin->offset(std::chrono::sys_days{std::chrono::year{2028} / 7 / 1}) == 2h);
    CHECK(live::load_zone("UTC", noon)->offset(noon) == 0h);
    CHECK(live::load_zone("Mars/Olympus", noon) == nullptr);
    CHECK_FALSE(live::is_zone("../../etc/passwd"));
    CHECK(live::is_zone("America/Argentina/Ushuaia"));
}

TEST_CASE("settings hold from their minute on, the oldest known before that") {
    live::SettingsHistory history;
    const auto version = [](int number, Minute since, double budget) {
        return storage::SettingsVersion{1, number, since, {.false_alarms_per_year = budget}};
    };
    CHECK(history.at(1, noon).version == 1);
    CHECK(history.add({version(1, noon, 1), version(2, noon + 10min, 2)}).size() == 2);
    CHECK(history.add({version(2, noon + 10min, 2), version(3, noon + 20min, 3)}).size() == 1);
    CHECK(history.at(1, noon - 1h).version == 1);
    CHECK(history.at(1, noon + 9min).version == 1);
    CHECK(history.at(1, noon + 10min).version == 2);
    CHECK(history.after(1, noon + 10min).size() == 1);
    CHECK(history.after(1, noon - 1h).size() == 2);
    CHECK(history.after(9, noon).empty());
}

TEST_CASE("counts are told at most once a second for each service, and none is left out") {
    live::CountsPace pace;
    const live::CountsPace::Instant start{1h};
    pace.note(1, noon);
    CHECK(pace.due(start).size() == 1);
    pace.note(1, noon);
    pace.note(1, noon + 1min);
    pace.note(2);
    const auto soon = pace.due(start + 500ms);
    REQUIRE(soon.size() == 1);
    CHECK(soon[0].service == 2);
    const auto later = pace.due(start + 1s);
    REQUIRE(later.size() == 1);
    CHECK(later[0].minutes == std::vector{noon, noon + 1min});
    CHECK(pace.due(start + 10s).empty());
}
