// tests/unit/commands/progress_test.cpp: the bar says how far, and guesses how long.
#include "server/commands/progress.hpp"

#include <catch2/catch.hpp>

using namespace outcry::commands;
using namespace std::chrono_literals;

TEST_CASE("a bar shows its part and guesses what is left from what has passed") {
    CHECK(progress_line(.25, 30s, "19:55 UTC") == "[#####···············]  25 %, 1:30 left, 19:55 UTC");
    CHECK(progress_line(.5, 7'200s, "half") == "[##########··········]  50 %, 2:00:00 left, half");
}

TEST_CASE("a bar guesses nothing at its start and its end, and stays within them") {
    CHECK(progress_line(0, 0s, "x") == "[····················]   0 %, x");
    CHECK(progress_line(1.7, 9s, "x") == "[####################] 100 %, x");
    CHECK(progress_line(-1, 9s, "x") == "[····················]   0 %, x");
}
