// tests/unit/analytics/drift_test.cpp: slow noise is followed, within bounds; an outage is not.
#include "analytics/drift.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace outcry::analytics {
namespace {

const Noise noise{.dispersion = 1.25, .clustering = .035, .slow = .01};
const Estimate busy{.shape = 1500, .expected = 1500, .usual = 1500, .known = 1e5};

Drift after(int quarters, double reports, const Estimate& estimate = busy, bool teaches = true) {
    Drift drift;
    drift.forget(noise);
    for (int i = 0; i < quarters; ++i) drift.learn(reports, 15, estimate, noise, teaches);
    return drift;
}

}  // namespace

TEST_CASE("hours a tenth above the usual are followed, and leave less variance") {
    const auto outlook = after(8, 1650).outlook(busy, noise);
    CHECK(outlook.factor > 1.05);
    CHECK(outlook.factor < 1.1);
    CHECK(outlook.slow < noise.slow / 2);
    CHECK(after(8, 1350).outlook(busy, noise).factor < .95);
}

TEST_CASE("a series of few reports cannot tell slow noise from chance") {
    const Estimate rare{.shape = 1, .expected = 1, .usual = 1, .known = 30};
    const auto outlook = after(8, 2, rare).outlook(rare, noise);
    CHECK(outlook.factor == Approx(1).epsilon(.05));
    CHECK(outlook.slow == Approx(noise.slow).epsilon(.1));
}

TEST_CASE("no rise moves the usual further than one and a half deviations of the slow noise") {
    CHECK(after(100, 15000).outlook(busy, noise).factor <= std::exp(.15) + 1e-9);
    CHECK(after(100, 0).outlook(busy, noise).factor >= std::exp(-.15) - 1e-9);
}

TEST_CASE("evidence for an outage teaches nothing, and what was known fades in hours") {
    CHECK(after(8, 3000, busy, false).outlook(busy, noise).factor == 1);
    auto drift = after(8, 1650);
    const double before = drift.outlook(busy, noise).factor;
    for (int i = 0; i < 12; ++i) drift.learn(9000, 15, busy, noise, false);
    CHECK(std::log(drift.outlook(busy, noise).factor) == Approx(std::log(before) / std::exp(1)).epsilon(.05));
    CHECK(drift.outlook(busy, noise).slow > .8 * noise.slow);
}

TEST_CASE("an edge of the day that the profile blurs is not taken for drift") {
    Estimate edge = busy;
    edge.misfit = .25;
    CHECK(after(1, 900, edge).outlook(busy, noise).factor > .98);
    CHECK(after(8, 1500).outlook(edge, noise).slow == noise.slow);
}

}  // namespace outcry::analytics
