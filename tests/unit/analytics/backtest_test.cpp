// tests/unit/analytics/backtest_test.cpp: other settings over bins that are stored.
#include "analytics/backtest.hpp"

#include <catch2/catch.hpp>

#include "analytics/monitor.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::hours;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};

/// Six weeks of a service, with outages of these strengths (times the usual rate) in the last two.
std::vector<std::uint32_t> weeks(std::uint64_t seed, const std::vector<double>& strengths) {
    std::vector<std::uint32_t> counts;
    synthetic::Counts noise(seed);
    for (Minute at = monday; at < monday + days{42}; at += 1min) {
        double rate = synthetic::rhythm(at);
        for (std::size_t i = 0; i < strengths.size(); ++i) {
            const Minute onset = monday + days{29} + static_cast<int>(i) * hours{37};
            if (at >= onset && at < onset + 90min) rate *= strengths[i];
        }
        counts.push_back(noise(rate));
    }
    return counts;
}

}  // namespace

TEST_CASE("the same settings over the same bins change nothing") {
    const auto counts = weeks(1, {8, 4, 12});
    const auto result = backtest(counts, monday, 1min, nullptr, {}, {}, monday + days{28});
    CHECK(result.saved.size() == 3);
    CHECK(result.saved == result.draft);
    CHECK(result.unchanged.size() == 3);
    CHECK(result.added.empty());
    CHECK(result.removed.empty());
}

TEST_CASE("a stricter budget removes weak alarms and moves others back, a looser one does the reverse") {
    const auto counts = weeks(2, {8, 1.8, 12, 1.8, 5});
    const DetectorSettings strict{.false_alarms_per_year = .05}, loose{.false_alarms_per_year = 60};
    const auto forth = backtest(counts, monday, 1min, nullptr, loose, strict, monday + days{28});
    CHECK_FALSE(forth.later.empty());
    CHECK_FALSE(forth.removed.empty());
    CHECK(forth.earlier.empty());
    const auto back = backtest(counts, monday, 1min, nullptr, strict, loose, monday + days{28});
    CHECK(back.earlier.size() == forth.later.size());
    CHECK(back.added.size() == forth.removed.size());
    CHECK(back.saved == forth.draft);
}

TEST_CASE("a replay finds what the live board found, whatever the settings") {
    for (const std::uint64_t seed : {3, 4, 5}) {
        const auto counts = weeks(seed, {3, 30, 2, 7});
        const DetectorSettings settings{
            .false_alarms_per_year = 12, .least_reports = 20, .hold = 3min, .clear = 10min};
        std::vector<Incident> live;
        Monitor board(settings, nullptr, monday);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const bool open = board.incident().phase == Phase::open;
            board.step(counts[i]);
            if (open && board.incident().phase == Phase::closed) live.push_back(board.incident());
            if (i % 9973 == seed) board = Monitor::restore(board.save(), settings, nullptr);  // a restart
        }
        if (board.incident().phase == Phase::open) live.push_back(board.incident());
        CHECK(replay(counts, monday, 1min, nullptr, settings, monday) == live);
        CHECK(live.size() >= 3);
    }
}

}  // namespace outcry::analytics
