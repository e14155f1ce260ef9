// tests/unit/analytics/monitor_test.cpp: what one series under watch says, minute by minute.
#include "analytics/monitor.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};

/// Steps `monitor` through `span` at `rate` times the rhythm of the day.
void pass(Monitor& monitor, synthetic::Counts& counts, minutes span, double rate) {
    const Minute end = monitor.until() + span;
    while (monitor.until() < end) monitor.step(counts(rate * synthetic::rhythm(monitor.until())));
}

/// A fortnight of ordinary days.
Monitor experienced(double rate, const DetectorSettings& settings = {}, std::uint64_t seed = 1) {
    Monitor monitor(settings, nullptr, monday);
    synthetic::Counts counts(seed);
    pass(monitor, counts, days{14}, rate);
    return monitor;
}

/// Minutes of `count` reports each until a spike is called; -1 when it is not within the hour.
int minutes_to_spike(Monitor& monitor, std::uint32_t count) {
    for (int minute = 1; minute <= 60; ++minute)
        if (monitor.step(count).state == State::spike) return minute;
    return -1;
}

}  // namespace

TEST_CASE("a new series has insufficient data for a day, then is normal") {
    Monitor monitor({}, nullptr, monday + 7min);
    synthetic::Counts counts(5);
    CHECK(monitor.until() == monday + 7min);
    CHECK(monitor.verdict().state == State::insufficient_data);
    pass(monitor, counts, hours{23}, 2);
    CHECK(monitor.verdict().state == State::insufficient_data);
    pass(monitor, counts, hours{3}, 2);
    CHECK(monitor.verdict().state == State::normal);
}

TEST_CASE("a busy series that is new is not a spike by being new") {
    for (const double rate : {.3, 3., 30., 300.}) {
        CAPTURE(rate);
        Monitor monitor({}, nullptr, monday);
        synthetic::Counts counts(6);
        pass(monitor, counts, days{2}, rate);
        CHECK(monitor.incident().phase == Phase::none);
    }
}

TEST_CASE("a series of a few hours can already spike") {
    Monitor monitor({}, nullptr, monday);
    synthetic::Counts counts(7);
    pass(monitor, counts, hours{6}, .2);
    const int taken = minutes_to_spike(monitor, 10);
    CHECK(taken > 0);
    CHECK(taken <= 5);
}

TEST_CASE("every field of a verdict has its reason") {
    auto monitor = experienced(2);
    auto verdict = monitor.verdict();
    CHECK(verdict.until == monday + days{14});
    CHECK(verdict.expected == Approx(30 * synthetic::rhythm(verdict.until)).epsilon(.3));
    CHECK(verdict.low < verdict.expected);
    CHECK(verdict.high > verdict.expected);
    CHECK(verdict.threshold == Approx(11.05));
    CHECK(verdict.score < verdict.threshold);

    for (int minute = 0; minute < 15; ++minute) monitor.step(100);
    verdict = monitor.verdict();
    CHECK(verdict.observed == 1500);
    CHECK(verdict.last_hour > 1500);
    CHECK(verdict.ratio() == Approx(1500 / verdict.expected));
    CHECK(verdict.score >= verdict.threshold);
    CHECK(verdict.since == monday + days{14});
    CHECK(verdict.reports_since == 1500);
    CHECK(monitor.incident().began == monday + days{14});
}

TEST_CASE("a smaller budget of false alarms needs more evidence") {
    auto eager = experienced(.5, {.false_alarms_per_year = 12}),
         strict = experienced(.5, {.false_alarms_per_year = .1});
    CHECK(eager.verdict().threshold < strict.verdict().threshold);
    const int soon = minutes_to_spike(eager, 2), late = minutes_to_spike(strict, 2);
    CHECK(soon > 0);
    CHECK(late > soon);
}

TEST_CASE("a spike needs the least reports, whatever the score") {
    Monitor quiet({.least_reports = 8}, nullptr, monday);
    synthetic::Counts counts(8);
    pass(quiet, counts, days{14}, .002);
    const auto before = quiet.verdict().last_hour;
    CHECK(minutes_to_spike(quiet, 1) == static_cast<int>(8 - before));
    CHECK(quiet.verdict().score > quiet.verdict().threshold);
}

TEST_CASE("an outage rises, recovers and is over, as one incident") {
    auto monitor = experienced(1);
    std::vector<State> states;
    const auto feed = [&](std::uint32_t count, int times) {
        for (int i = 0; i < times; ++i) {
            const auto state = monitor.step(count).state;
            if (states.empty() || states.back() != state) states.push_back(state);
        }
    };
    feed(1, 10), feed(3, 4), feed(30, 60), feed(10, 30), feed(1, 120);
    REQUIRE(states.front() == State::normal);
    REQUIRE(states.back() == State::normal);
    const auto position = [&](State state) {
        return std::find(states.begin(), states.end(), state) - states.begin();
    };
    CHECK(position(State::spike) < position(State::recovering));
    CHECK(std::count(states.begin(), states.end(), State::recovering) == 1);
    CHECK(monitor.incident().phase == Phase::closed);
    CHECK(monitor.incident().peak == 450);
}

TEST_CASE("an outage does not teach the baseline") {
    auto monitor = experienced(1);
    const auto noon = monday + days{16} + hours{12};
    const double before = monitor.expect(noon, 15min).expected;
    for (int minute = 0; minute < 5 * 60; ++minute) monitor.step(100);
    synthetic::Counts counts(9);
    pass(monitor, counts, hours{6}, 1);
    CHECK(monitor.expect(noon, 15min).expected == Approx(before).epsilon(.2));
}

TEST_CASE("in an incident of many hours people are told what was usual before it, and nothing of it stays") {
    auto monitor = experienced(2);
    synthetic::Counts counts(14);
    const auto rate = [](Minute at) { return 2 * synthetic::rhythm(at); };
    const auto before = monitor.expect(monitor.until() + days{1}, 24h);
    for (int minute = 0; minute < 14 * 60; ++minute) monitor.step(counts(30 * rate(monitor.until())));
    REQUIRE(monitor.incident().phase == Phase::open);
    CHECK(monitor.verdict().expected == Approx(15 * rate(monitor.until())).epsilon(.35));
    CHECK(monitor.expect(monitor.until(), 24h).expected == Approx(before.expected).epsilon(.1));
    auto copy = Monitor::restore(monitor.save(), {}, nullptr);
    CHECK(copy.expect(monitor.until(), 24h).expected == monitor.expect(monitor.until(), 24h).expected);
    copy.close();  // by hand, in the middle of it: its page ends with what was usual before it, too
    CHECK(copy.expect(monitor.until(), 24h).expected == monitor.expect(monitor.until(), 24h).expected);
    while (monitor.incident().phase == Phase::open) monitor.step(counts(rate(monitor.until())));
    CHECK(monitor.expect(monitor.until(), 24h).expected == Approx(before.expected).epsilon(.1));
    CHECK(monitor.verdict().expected == Approx(15 * rate(monitor.until())).epsilon(.35));
}

TEST_CASE("a service that has become popular is usual again within two days") {
    auto monitor = experienced(3);
    synthetic::Counts counts(10);
    pass(monitor, counts, days{2}, 6);
    CHECK(monitor.incident().phase != Phase::open);
    CHECK(monitor.verdict().expected == Approx(90 * synthetic::rhythm(monitor.until())).epsilon(.35));
}

TEST_CASE("a service that nobody had reported for days is usual again within a day") {
    for (const double an_hour : {6., 60.}) {
        Monitor monitor({}, nullptr, monday);
        synthetic::Counts counts(13);
        while (monitor.until() < monday + days{10}) monitor.step(0);
        while (monitor.until() < monday + days{11}) monitor.step(counts(an_hour / 60));
        CHECK(monitor.incident().phase != Phase::open);
        while (monitor.until() < monday + days{15}) {
            monitor.step(counts(an_hour / 60));
            REQUIRE(monitor.incident().phase != Phase::open);
        }
        CHECK(monitor.expect(monitor.until(), 60min).expected == Approx(an_hour).epsilon(.25));
    }
}

TEST_CASE("the expectation of any time follows the clock of the zone") {
    const auto change = monday + days{10};
    const auto zone =
        std::make_shared<ZoneOffsets>(std::vector<ZoneOffsets::Change>{{Time{}, 0s}, {Time{change}, 3600s}});
    Monitor monitor({}, zone, monday);
    synthetic::Counts counts(11);
    const auto rate = [&](Minute at) {
        const auto local = at + (at < change ? 0min : 60min);
        return (local - std::chrono::floor<days>(local)) / hours{1} >= 8 ? 10. : .5;
    };
    while (monitor.until() < monday + days{9}) monitor.step(counts(rate(monitor.until())));
    const Minute winter = monday + days{9}, summer = monday + days{11};
    CHECK(monitor.expect(winter + hours{7}, 30min).expected < 60);
    CHECK(monitor.expect(winter + hours{9}, 15min).expected == Approx(150).epsilon(.25));
    CHECK(monitor.expect(summer + hours{8}, 15min).expected == Approx(150).epsilon(.25));
    CHECK(monitor.expect(summer + hours{8}, 60min).expected == Approx(600).epsilon(.25));
    const auto range = monitor.expect(summer + hours{12}, 60min);
    CHECK(range.low < range.expected);
    CHECK(range.high > range.expected);
    while (monitor.until() < monday + days{12}) {
        monitor.step(counts(rate(monitor.until())));
        REQUIRE(monitor.incident().phase != Phase::open);
    }
}

TEST_CASE("a clock change that nobody told of is found out") {
    Monitor monitor({}, nullptr, monday);
    synthetic::Counts counts(12);
    const Minute change = monday + days{27} + hours{2};  // a Sunday
    int incidents = 0;
    while (monitor.until() < monday + days{34}) {
        const auto at = monitor.until();
        const auto phase = monitor.incident().phase;
        monitor.step(counts(5 * synthetic::rhythm(at + (at < change ? 0min : 60min))));
        if (phase != Phase::open && monitor.incident().phase == Phase::open) ++incidents;
    }
    CHECK(incidents == 0);
}

TEST_CASE("a clock change that was found out moves the end of the weekend too") {
    Monitor monitor({}, nullptr, monday);
    synthetic::Counts counts(15);
    const Minute change = monday + days{27} + hours{2};  // a Sunday
    while (monitor.until() < monday + days{34} + hours{22}) {
        const auto at = monitor.until(), local = at + (at < change ? 0min : 60min);
        const auto weekday = (local.time_since_epoch() / days{1} + 3) % 7;
        const auto hour = (local - std::chrono::floor<days>(local)) / hours{1};
        monitor.step(counts((weekday >= 5 ? 1 : 3) * (hour >= 8 && hour < 20 ? 12. : 3.)));
        if (at >= change + days{2}) REQUIRE(monitor.incident().phase != Phase::open);
    }
    const Minute midnight = monday + days{34} + hours{23};
    CHECK(monitor.expect(midnight, 60min).expected > 2 * monitor.expect(midnight - 60min, 60min).expected);
}

TEST_CASE("a busy service a tenth below its usual shows a doubling no later for it") {
    const auto minutes_until = [](double level) {
        auto monitor = experienced(50);
        synthetic::Counts counts(16);
        pass(monitor, counts, hours{5}, 50 * level);
        int minutes = 0;
        while (monitor.verdict().state != State::spike && minutes < 60)
            monitor.step(counts(100 * synthetic::rhythm(monitor.until()))), ++minutes;
        return minutes;
    };
    CHECK(minutes_until(.85) <= minutes_until(1));
    CHECK(minutes_until(1) < 20);
}

TEST_CASE("the bursts of a bursty series are its normal state, an outage is not") {
    Monitor monitor({}, nullptr, monday, 5min);
    std::mt19937_64 random(13);
    const auto uniform = [&] { return (static_cast<double>(random() >> 11) + .5) / 9007199254740992.; };
    int incidents = 0;
    for (int bin = 0; bin < 50 * 288; ++bin) {
        // Pareto bursts of index 1.3 in one bin of twenty, on top of a Poisson-like floor.
        const double burst = uniform() < .05 ? 20 * std::pow(uniform(), -1 / 1.3) : 0;
        const auto phase = monitor.incident().phase;
        monitor.step(static_cast<std::uint32_t>(std::min(8 + 4 * uniform() + burst, 5000.)));
        if (bin > 21 * 288 && phase != Phase::open && monitor.incident().phase == Phase::open) ++incidents;
    }
    CHECK(incidents <= 2);
    int bins = 0;
    while (monitor.step(400).state != State::spike && bins < 24) ++bins;
    CHECK(bins < 12);
}

TEST_CASE("a state saved and restored at any bin goes on as if nothing had happened") {
    std::mt19937_64 random(14);
    for (const auto& [rate, bin] : {std::pair{.05, 1min}, {3., 1min}, {80., 5min}, {200., 15min}}) {
        CAPTURE(rate, bin.count());
        Monitor whole({}, nullptr, monday + 3min, bin), pieces({}, nullptr, monday + 3min, bin);
        synthetic::Counts counts(static_cast<std::uint64_t>(rate * 100));
        const int bins = static_cast<int>(days{23} / bin);
        int next_cut = 1;
        for (int i = 0; i < bins; ++i) {
            const bool outage = i % 4000 > 3900, burst = random() % 97 == 0;
            const auto count = counts(rate * (outage ? 20 : 1)) + (burst ? random() % 400 : 0);
            const auto& expected = whole.step(static_cast<std::uint32_t>(count));
            REQUIRE(pieces.step(static_cast<std::uint32_t>(count)) == expected);
            if (i != next_cut) continue;
            const auto bytes = pieces.save();
            REQUIRE(bytes == whole.save());
            pieces = Monitor::restore(bytes, {}, nullptr);
            REQUIRE(pieces.save() == bytes);
            REQUIRE(pieces.incident() == whole.incident());
            next_cut = i + 1 + static_cast<int>(random() % 700);
        }
    }
}

TEST_CASE("bytes that no save has made are refused") {
    const auto bytes = experienced(1).save();
    CHECK_NOTHROW(Monitor::restore(bytes, {}, nullptr));
    CHECK_THROWS_AS(Monitor::restore("", {}, nullptr), std::invalid_argument);
    CHECK_THROWS_AS(Monitor::restore(bytes.substr(1), {}, nullptr), std::invalid_argument);
    CHECK_THROWS_AS(Monitor::restore(bytes.substr(0, bytes.size() - 1), {}, nullptr), std::invalid_argument);
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
        auto damaged = bytes;
        damaged[at] ^= 1;
        CHECK_THROWS_AS(Monitor::restore(damaged, {}, nullptr), std::invalid_argument);
    }
}

TEST_CASE("new settings hold from the next bin on, and what was learned stays") {
    auto monitor = experienced(1);
    const auto before = monitor.expect(monday + days{15}, 60min).expected;
    monitor.set({.false_alarms_per_year = 12});
    CHECK(monitor.expect(monday + days{15}, 60min).expected == before);
    CHECK(monitor.step(1).threshold == Approx(11.05 + std::log(.1) / .8));
}

}  // namespace outcry::analytics
