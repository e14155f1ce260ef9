// tests/unit/operator/tuning/draft_test.cpp: settings by name, each within its range.
#include "server/operator/tuning/draft.hpp"

#include <catch2/catch.hpp>

namespace outcry::operators {

using namespace std::chrono_literals;
using analytics::DetectorSettings;

TEST_CASE("every setting is set by its name, from numbers and from text") {
    DetectorSettings settings;
    CHECK_FALSE(set_by_name(settings, "false_alarms_per_year", .05));
    CHECK_FALSE(set_by_name(settings, "least_reports", "100000"));
    CHECK_FALSE(set_by_name(settings, "hold", "0"));
    CHECK_FALSE(set_by_name(settings, "clear_minutes", 1440));
    CHECK(settings ==
          DetectorSettings{
              .false_alarms_per_year = .05, .least_reports = 100'000, .hold = 0min, .clear = 1440min});
}

TEST_CASE("what is out of range is named with its range, and changes nothing") {
    struct Wrong {
        std::string_view name, value, says;
    };
    for (const auto& [name, value, says] : std::initializer_list<Wrong>{
             {"false_alarms_per_year", "0", "false_alarms_per_year is a number from 0.05 to 366"},
             {"false_alarms_per_year", "366.1", "from 0.05 to 366"},
             {"false_alarms_per_year", "nan", "from 0.05 to 366"},
             {"false_alarms_per_year", "inf", "from 0.05 to 366"},
             {"least_reports", "0", "least_reports is a whole number from 1 to 100000"},
             {"least_reports", "1.5", "a whole number"},
             {"least_reports", "1e300", "from 1 to 100000"},
             {"hold", "61", "hold is whole minutes from 0 to 60"},
             {"hold", "-1", "from 0 to 60"},
             {"hold", "3m", "whole minutes"},
             {"hold", "", "whole minutes"},
             {"clear", "0", "from 1 to 1440"},
             {"", "1", "known are false_alarms_per_year, least_reports, hold, clear"},
             {"colour", "1", "known are"}}) {
        INFO(name << "=" << value);
        DetectorSettings settings;
        const auto wrong = set_by_name(settings, name, value);
        REQUIRE(wrong);
        CHECK(wrong->find(says) != wrong->npos);
        CHECK(settings == DetectorSettings{});
    }
}

TEST_CASE("a window is days or hours") {
    CHECK(parse_window("30d") == 30 * 24h);
    CHECK(parse_window("12h") == 12h);
    CHECK(parse_window("2160h") == 90 * 24h);
    for (const auto* text :
         {"", "d", "0d", "91d", "2161h", "30", "30 d", "-1d", "1.5d", "30m", "99999999999999d"}) {
        INFO(text);
        CHECK_FALSE(parse_window(text));
    }
}

}  // namespace outcry::operators
