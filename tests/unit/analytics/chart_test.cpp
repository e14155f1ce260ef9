// tests/unit/analytics/chart_test.cpp: coarse bins, scales and the paths of curves.
#include "analytics/chart.hpp"

#include <catch2/catch.hpp>
#include <numeric>

using namespace outcry;
using namespace outcry::analytics;
using namespace std::chrono_literals;

namespace {

const Minute noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h;

Expectation two_a_minute(Minute, std::chrono::minutes span) {
    const auto n = static_cast<double>(span.count());
    return {2 * n, n, 3 * n};
}

std::vector<Bin> one_a_minute(Minute from, int n) {
    std::vector<Bin> bins;
    for (int i = 0; i < n; ++i)
        bins.push_back({.minute = from + std::chrono::minutes{i}, .reports = 1, .works = 2});
    return bins;
}

}  // namespace

TEST_CASE("coarse columns are sums of fine ones, with what is usual for their span") {
    const auto columns = make_columns(one_a_minute(noon, 60), noon, noon + 1h, 15min, noon + 1h, two_a_minute);
    CHECK(columns.reports == std::vector<std::uint32_t>{15, 15, 15, 15});
    CHECK(columns.works == std::vector<std::uint32_t>{30, 30, 30, 30});
    CHECK(columns.expected == std::vector<double>(4, 30.0));
    CHECK(columns.complete == 4);
    CHECK_FALSE(columns.running());
}

TEST_CASE("the column that is still being counted is there, and marked") {
    const auto columns =
        make_columns(one_a_minute(noon, 50), noon, noon + 1h, 15min, noon + 50min, two_a_minute);
    CHECK(columns.reports == std::vector<std::uint32_t>{15, 15, 15, 5});
    CHECK(columns.complete == 3);
    CHECK(columns.running());
}

TEST_CASE("what came in the very minute a column begins is shown at once") {
    const auto columns =
        make_columns(one_a_minute(noon + 30min, 1), noon, noon + 1h, 15min, noon + 30min, two_a_minute);
    CHECK(columns.reports == std::vector<std::uint32_t>{0, 0, 1});
    CHECK(columns.complete == 2);
}

TEST_CASE("minutes outside the chart, and minutes without a row, change nothing") {
    auto bins = one_a_minute(noon - 5min, 5);
    bins.push_back({.minute = noon + 20min, .reports = 7});
    bins.push_back({.minute = noon + 2h, .reports = 9});
    const auto columns = make_columns(bins, noon, noon + 1h, 15min, noon + 3h, two_a_minute);
    CHECK(columns.reports == std::vector<std::uint32_t>{0, 7, 0, 0});
}

TEST_CASE("a scale begins at zero, has about four round ticks and room above the largest value") {
    const auto large = make_scale(15890);
    CHECK(large.ticks == std::vector<double>{0, 5000, 10000, 15000});
    CHECK(large.top > 15890 * 1.2);
    CHECK(make_scale(0).ticks == std::vector<double>{0, 1, 2, 3});
    CHECK(make_scale(7).ticks == std::vector<double>{0, 2, 4, 6, 8});
    CHECK(large.level(5000) == 5000);
}

TEST_CASE("a scale in steps of ten begins at zero too, and leaves what is usual its room beside an outage") {
    const auto scale = make_scale_of_tens(12'700);
    CHECK(scale.ticks == std::vector<double>{0, 10, 100, 1000, 10000});
    CHECK(scale.level(0) == 0);
    CHECK(scale.level(9) == 1);
    CHECK(scale.level(99) == 2);
    CHECK(scale.level(12'700) < scale.top * .97);
    CHECK(scale.level(10) > scale.top * .2);
    CHECK(make_scale_of_tens(0).ticks == std::vector<double>{0, 10});
}

TEST_CASE("labels below a chart stand at round times") {
    CHECK(time_ticks(noon + 10min, noon + 6h, 7) ==
          std::vector<Minute>{noon + 1h, noon + 2h, noon + 3h, noon + 4h, noon + 5h, noon + 6h});
    const auto week = time_ticks(noon, noon + 168h, 7);
    CHECK(week.size() == 7);
    CHECK(week.front() == noon + 12h);
}

TEST_CASE("a curve is one move and relative lines in whole units, zero at the foot") {
    const std::vector<Point> points{{5, 0}, {15, 50}, {25, 25}};
    CHECK(polyline(points, 100, 400) == "M5 400l10-200 10 100");
    CHECK(polyline({}, 100, 400).empty());
    const std::vector<Point> one{{5, 100}};
    CHECK(polyline(one, 100, 400) == "M5 0l0 0");
}

TEST_CASE("a ribbon goes out along the upper curve, back along the lower one, and closes") {
    const std::vector<Point> upper{{0, 100}, {10, 50}}, lower{{0, 0}, {10, 25}};
    CHECK(ribbon(upper, lower, 100, 400) == "M0 0l10 200L10 300l-10 100Z");
}

TEST_CASE("above usual: one and a half times the range, one point wider on each side") {
    std::vector<Point> counted, high;
    for (const double value : {10.0, 12.0, 20.0, 90.0, 40.0, 12.0, 9.0}) {
        counted.push_back({0, value});
        high.push_back({0, 15});
    }
    const auto stretch = above_usual(counted, high);
    CHECK_FALSE(stretch.empty);
    CHECK(stretch.first == 2);
    CHECK(stretch.last == 5);
    CHECK(above_usual(high, high).empty);
}
