// tests/unit/analytics/typing_test.cpp: slips are counted as fingers make them.
#include "analytics/typing.hpp"

#include <catch2/catch.hpp>

using outcry::analytics::slips_between;

TEST_CASE("one slip is one: left out, put in, mistaken, swapped") {
    CHECK(slips_between("gmail", "gmail", 2) == 0);
    CHECK(slips_between("gmail", "gmal", 2) == 1);
    CHECK(slips_between("gmail", "gmaill", 2) == 1);
    CHECK(slips_between("gmail", "gmsil", 2) == 1);
    CHECK(slips_between("gmail", "gmial", 2) == 1);
    CHECK(slips_between("outlook", "outluk", 2) == 2);
}

TEST_CASE("more than asked for is not counted out") {
    CHECK(slips_between("gmail", "reddit", 2) == 3);
    CHECK(slips_between("", "", 1) == 0);
    CHECK(slips_between("", "abcdefgh", 1) == 2);
}
