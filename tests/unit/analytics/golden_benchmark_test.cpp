// tests/unit/analytics/golden_benchmark_test.cpp: a small version of the detection benchmark; its figures
// change only on purpose. The whole of it is `scripts/bench detection`.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "analytics/backtest.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};
const Minute judged = monday + days{28}, end = monday + days{42};

struct Outage {
    Minute onset, end;
};

struct Score {
    int outages = 0, found = 0, within_15 = 0, false_alarms = 0;
};

/// Eleven services from one report in five hours to a hundred a minute, seven outages each in two weeks: steps
/// that decay, plateaus and blips, three or ten times (rate + 0.1) above the usual.
Score play(std::uint64_t seed, bool with_outages) {
    Score score;
    for (int service = 0; service < 11; ++service) {
        const double mean = .003 * std::pow(2.83, service);
        synthetic::Counts noise(seed * 100 + service);
        std::vector<std::uint32_t> counts;
        std::vector<Outage> outages;
        for (int i = 0; with_outages && i < 7; ++i) {
            const Minute onset = judged + days{2 * i} + 3h + i * 97min;
            outages.push_back({onset, onset + (i % 3 == 0 ? 150min : i % 3 == 1 ? 300min : 15min)});
        }
        for (Minute at = monday; at < end; at += 1min) {
            double rate = mean * synthetic::rhythm(at);
            for (std::size_t i = 0; i < outages.size(); ++i) {
                if (at < outages[i].onset || at >= outages[i].end) continue;
                const double passed = static_cast<double>((at - outages[i].onset).count());
                const double peak = (i % 2 ? 3 : 10) * (mean + .1);
                rate += i % 3 == 0
                            ? peak * std::min((passed + 1) / 10, 1.) * std::exp(-std::max(passed - 40, 0.) / 60)
                            : peak;
            }
            counts.push_back(noise(rate));
        }
        const auto alarms = replay({.first = monday, .counts = counts}, judged);
        for (const auto& outage : outages) {
            ++score.outages;
            for (const auto& alarm : alarms) {
                if (alarm.opened <= outage.onset || alarm.opened > outage.end + 30min) continue;
                ++score.found;
                if (alarm.opened <= outage.onset + 15min) ++score.within_15;
                break;
            }
        }
        for (const auto& alarm : alarms) {
            bool real = false;
            for (const auto& outage : outages)
                real = real || (alarm.opened > outage.onset && alarm.opened <= outage.end + 6h);
            score.false_alarms += !real;
        }
    }
    return score;
}

}  // namespace

TEST_CASE("the small benchmark finds what it found") {
    const auto score = play(1, true);
    CHECK(score.outages == 77);
    CHECK(score.found == 73);
    CHECK(score.within_15 == 68);
    CHECK(score.false_alarms == 0);
}

TEST_CASE("without outages the small benchmark stays near the budget") {
    int false_alarms = 0;
    for (const std::uint64_t seed : {2, 3, 4, 5}) false_alarms += play(seed, false).false_alarms;
    CHECK(false_alarms <= 5);  // 20 service-months at 0.1 a month
}

}  // namespace outcry::analytics
