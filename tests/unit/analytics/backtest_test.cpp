// tests/unit/analytics/backtest_test.cpp: other settings over bins that are stored.
#include "analytics/backtest.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "analytics/board.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::hours;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};

/// Six weeks of a service, with outages of these strengths (times the usual rate) in the last two.
Recording weeks(std::uint64_t seed, const std::vector<double>& strengths, const DetectorSettings& settings) {
    Recording recording{.first = monday, .settings = settings};
    synthetic::Counts noise(seed);
    std::mt19937 places(static_cast<unsigned>(seed));
    for (Minute at = monday; at < monday + days{42}; at += 1min) {
        double rate = synthetic::rhythm(at);
        for (std::size_t i = 0; i < strengths.size(); ++i) {
            const Minute onset = monday + days{29} + static_cast<int>(i) * hours{37};
            if (at >= onset && at < onset + 90min) rate *= strengths[i];
        }
        recording.counts.push_back(noise(rate));
        std::array<std::uint32_t, 3>
            named{};  // a third of the reports names nothing; outages are of one region
        for (std::uint32_t i = 0; i < recording.counts.back(); ++i)
            if (places() % 3 != 0) ++named[rate > 2.5 * synthetic::rhythm(at) ? 0 : places() % named.size()];
        for (std::size_t i = 0; i < named.size(); ++i)
            if (named[i] > 0) recording.regions.push_back({at, {RegionKey{i + 1}, named[i]}});
    }
    return recording;
}

const Minute window = monday + days{28};

DetectorSettings any_settings(std::mt19937_64& random) {
    const auto up_to = [&](std::uint64_t most) { return random() % (most + 1); };
    return {.false_alarms_per_year = .05 * std::pow(2., static_cast<double>(up_to(12))),
            .least_reports = static_cast<std::uint32_t>(1 + up_to(60)),
            .hold = std::chrono::minutes{up_to(3) == 0 ? up_to(20) : 0},
            .clear = std::chrono::minutes{1 + up_to(90)}};
}

}  // namespace

TEST_CASE("the same settings over the same bins change nothing") {
    const auto result = backtest(weeks(1, {8, 4, 12}, {}), {}, window);
    CHECK(result.saved.size() == 3);
    CHECK(result.saved == result.draft);
    CHECK(result.unchanged.size() == 3);
    CHECK(result.added.empty());
    CHECK(result.removed.empty());
}

TEST_CASE("a stricter budget removes weak alarms and moves others back, a looser one does the reverse") {
    const DetectorSettings strict{.false_alarms_per_year = .05}, loose{.false_alarms_per_year = 60};
    const std::vector<double> outages{8, 1.8, 12, 1.8, 5};
    const auto forth = backtest(weeks(2, outages, loose), strict, window);
    CHECK_FALSE(forth.later.empty());
    CHECK_FALSE(forth.removed.empty());
    CHECK(forth.earlier.empty());
    const auto back = backtest(weeks(2, outages, strict), loose, window);
    CHECK_FALSE(back.earlier.empty());
    CHECK_FALSE(back.added.empty());
    CHECK(back.later.empty());
}

TEST_CASE("a draft holds in the window alone: what came before taught as it did") {
    auto recording = weeks(6, {8, 4, 12}, {.false_alarms_per_year = 30});
    const DetectorSettings draft{
        .false_alarms_per_year = .3, .least_reports = 30, .hold = 2min, .clear = 12min};
    const auto drafted = backtest(recording, draft, window).draft;
    recording.changes.push_back({window, draft});
    CHECK(replay(recording, window) == drafted);
}

TEST_CASE("every incident of a comparison is in one list") {
    std::mt19937_64 random(11);
    for (int round = 0; round < 8; ++round) {
        const auto recording = weeks(random(), {2, 9, 1.7, 4, 3}, any_settings(random));
        const auto result = backtest(recording, any_settings(random), window);
        const auto pairs = result.earlier.size() + result.later.size() + result.unchanged.size();
        CHECK(result.saved.size() == pairs + result.removed.size());
        CHECK(result.draft.size() == pairs + result.added.size());
    }
}

TEST_CASE("a backtest finds what the live board did, whatever the settings, their changes and the restarts") {
    constexpr ServiceId mail = 1;
    std::mt19937_64 random(12);
    constexpr std::array many{0, 3, 300, 3000};  // changes: with thousands, a slip of one minute shows
    std::size_t found = 0, placed = 0;
    for (int round = 0; round < 12; ++round) {
        auto recording = weeks(random(), {3, 30, 2, 7, 1.6}, any_settings(random));
        recording.changes.resize(many[static_cast<std::size_t>(round) % many.size()]);
        for (auto& change : recording.changes) change.settings = any_settings(random);
        for (auto& change : recording.changes) change.since = window + std::chrono::minutes{random() % 20160};
        std::sort(recording.changes.begin(), recording.changes.end(),
                  [](const auto& a, const auto& b) { return a.since < b.since; });

        Board board;
        board.add(mail, Monitor(recording.settings, nullptr, recording.first));
        for (const auto& change : recording.changes) board.set(mail, change.settings, change.since);
        std::vector<Incident> live;
        const auto note = [&](const std::vector<Transition>& transitions) {
            for (const auto& transition : transitions)
                if (transition.closed && transition.incident.opened >= window)
                    live.push_back(transition.incident);
        };
        Minute at = recording.first;
        auto region = recording.regions.begin();
        for (const auto count : recording.counts) {
            for (; region != recording.regions.end() && region->minute == at; ++region) {
                if (random() % 4 == 0) board.apply(mail, RegionBin{at, {region->named.region, 1}});
                board.apply(mail, *region);
            }
            if (count > 0) board.apply(mail, {.minute = at, .reports = count});
            at += 1min;
            if (random() % 40 == 0) note(board.advance(at));  // cycles of the tally come as they come
            if (random() % 5000 == 0) {
                note(board.advance(at));
                auto holds = recording.settings;
                for (const auto& change : recording.changes)
                    if (change.since < at) holds = change.settings;
                board.replace(mail, Monitor::restore(board.monitor(mail)->save(), holds, nullptr));
            }
        }
        note(board.advance(at));
        if (board.standing(mail).incident.phase == Phase::open) live.push_back(board.standing(mail).incident);
        CHECK(backtest(recording, any_settings(random), window).saved == live);
        found += live.size();
        for (const auto& incident : live) placed += incident.region != RegionKey::none;
    }
    CHECK(found >= 30);
    CHECK(placed >= 10);
}

}  // namespace outcry::analytics
