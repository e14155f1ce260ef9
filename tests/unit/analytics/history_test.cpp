// tests/unit/analytics/history_test.cpp: quarter-hours teach at once what minutes teach one by one, nearly.
#include "analytics/history.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};

struct Both {
    Monitor minutes{DetectorSettings{}, nullptr, monday};
    History quarters{monday, nullptr};

    /// `span` at this mean rate; on the 20th day the rate is `outage` times as high for four hours.
    Both(double rate, days span, double outage = 1) {
        synthetic::Counts counts(4);
        double sum = 0;
        for (Minute at = monday; at < monday + span; at += 1min) {
            const bool out = at >= monday + days{20} + 10h && at < monday + days{20} + 14h;
            const auto count = counts(rate * synthetic::rhythm(at) * (out ? outage : 1));
            minutes.step(count);
            sum += count;
            if ((at - monday).count() % 15 == 14) quarters.learn(sum), sum = 0;
        }
    }
};

}  // namespace

TEST_CASE("a day of quarter-hours goes into few bytes and comes back") {
    std::mt19937 random{1};
    for (int round = 0; round < 200; ++round) {
        DayOfQuarters day{};
        for (auto& reports : day)
            if (random() % (1 + static_cast<unsigned>(round)) < 4) reports = random() >> random() % 32;
        CHECK(unpack_day(pack(day)) == day);
    }
    CHECK(pack({}).empty());
    DayOfQuarters quiet{};
    quiet[40] = 3;
    CHECK(pack(quiet).size() == 2);
}

TEST_CASE("damaged bytes of a day are refused") {
    DayOfQuarters day{};
    day[95] = 300;
    const auto bytes = pack(day);
    CHECK_THROWS_AS(unpack_day(bytes.substr(0, 2)), std::invalid_argument);
    CHECK_THROWS_AS(unpack_day(bytes + bytes), std::invalid_argument);
    CHECK_THROWS_AS(unpack_day("\xff\xff\xff\xff\xff\xff"), std::invalid_argument);
}

TEST_CASE("what quarter-hours teach is what minutes teach, within a few hundredths for a busy service") {
    for (const double rate : {.02, .3, 3., 30.}) {
        const Both both(rate, days{42}, 12);
        const auto learned = both.quarters.monitor(DetectorSettings{});
        CHECK(learned.until() == both.minutes.until());
        double ratios = 0;
        for (int slot = 0; slot < 96; ++slot) {
            const Minute at = monday + days{42} + slot * 15min;
            const auto one = both.minutes.expect(at, 15min), other = learned.expect(at, 15min);
            ratios += other.expected / one.expected;
            if (rate > 1) CHECK(std::abs(std::log(other.expected / one.expected)) < .06);
            if (rate > 1) CHECK(std::abs(std::log(other.high / one.high)) < .1);
        }
        CHECK(std::abs(ratios / 96 - 1) < .08);
    }
}

TEST_CASE("a monitor that was taught at once finds the next outage, and nothing before it") {
    const Both both(.5, days{28}, 20);
    auto monitor = both.quarters.monitor(DetectorSettings{});
    synthetic::Counts counts(8);
    const Minute outage = monday + days{31} + 9h;
    for (Minute at = monitor.until(); at < outage; at += 1min) monitor.step(counts(.5 * synthetic::rhythm(at)));
    CHECK(monitor.incident().phase == Phase::none);
    CHECK(monitor.verdict().state == State::normal);
    for (int i = 0; i < 15; ++i) monitor.step(counts(6));
    CHECK(monitor.incident().phase == Phase::open);
}

TEST_CASE("the local clock is the zone's, also on the day on which it changes") {
    const Minute change = monday + days{34} + 7h;
    const auto zone = std::make_shared<const ZoneOffsets>(
        std::vector<ZoneOffsets::Change>{{Time{}, -5 * 3600s}, {Time{change}, -4 * 3600s}});
    History history(monday, zone);
    for (Minute at = monday; at < monday + days{42}; at += 15min) {
        const auto local = std::chrono::floor<std::chrono::minutes>(at + zone->offset(at));
        const bool noon = (local.time_since_epoch().count() / 60) % 24 == 12;
        history.learn(noon ? 40 : 4);
    }
    const auto monitor = history.monitor(DetectorSettings{});
    const Minute noon = monday + days{42} + 16h;
    CHECK(monitor.expect(noon, 60min).expected > 100);
    CHECK(monitor.expect(noon + 2h, 60min).expected < 40);
}

TEST_CASE("an incident that is known to be open goes on, and closes after calm") {
    const Both both(.5, days{21});
    auto monitor = both.quarters.monitor(DetectorSettings{});
    Incident known;
    known.began = monitor.until() - 8h;
    known.opened = monitor.until() - 7h;
    known.peak = 300;
    known.total = 900;
    monitor.adopt(known);
    CHECK(monitor.verdict().state == State::recovering);
    synthetic::Counts counts(8);
    for (int i = 0; i < 40; ++i) monitor.step(counts.steady(.4));
    CHECK(monitor.incident().phase == Phase::closed);
    CHECK(monitor.incident().opened == known.opened);
}

}  // namespace outcry::analytics
