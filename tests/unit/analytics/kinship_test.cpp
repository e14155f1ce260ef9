// tests/unit/analytics/kinship_test.cpp: collateral is what rises later and far more weakly.
#include "analytics/kinship.hpp"

#include <catch2/catch.hpp>

using namespace outcry;
using namespace outcry::analytics;
using namespace std::chrono_literals;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

Standing rising(std::uint32_t observed, double expected, Minute since, State state = State::spike) {
    Standing standing;
    standing.verdict.state = state;
    standing.verdict.observed = observed;
    standing.verdict.expected = expected;
    standing.verdict.since = since;
    return standing;
}

}  // namespace

TEST_CASE("a weak rise that came with a strong one looks collateral to it, and never the other way round") {
    const auto mail = rising(15'890, 25, noon), line = rising(159, 25, noon + 8min, State::possible);
    CHECK(looks_collateral(line, mail));
    CHECK_FALSE(looks_collateral(mail, line));
    CHECK_FALSE(looks_collateral(mail, mail));
}

TEST_CASE("what rose first, or nearly as strongly, is no by-product") {
    const auto mail = rising(1'500, 25, noon);
    CHECK_FALSE(looks_collateral(rising(100, 5, noon - 6min), mail));
    CHECK(looks_collateral(rising(100, 5, noon - 5min), mail));
    CHECK_FALSE(looks_collateral(rising(300, 5, noon + 5min), mail));
}

TEST_CASE("only what is called a spike throws a shadow, and only on what rises") {
    CHECK_FALSE(looks_collateral(rising(50, 5, noon), rising(9'000, 25, noon, State::possible)));
    CHECK_FALSE(looks_collateral(rising(50, 5, noon, State::normal), rising(9'000, 25, noon)));
    CHECK_FALSE(looks_collateral(rising(50, 5, noon, State::recovering), rising(9'000, 25, noon)));
}
