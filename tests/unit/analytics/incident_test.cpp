// tests/unit/analytics/incident_test.cpp: both edges of an incident are damped; time is stepped.
#include "analytics/incident.hpp"

#include <catch2/catch.hpp>

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;

const Minute noon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{12};

Verdict at(std::chrono::minutes after, State state, std::uint32_t observed = 100) {
    Verdict verdict;
    verdict.until = noon + after;
    verdict.state = state;
    verdict.observed = observed;
    verdict.since = noon - 3min;
    verdict.reports_since = 40;
    return verdict;
}

}  // namespace

TEST_CASE("without hold an incident opens with the first spike, and remembers when the rise began") {
    const auto incident = advance({}, at(0min, State::spike), 7, {});
    CHECK(incident.phase == Phase::open);
    CHECK(incident.opened == noon);
    CHECK(incident.began == noon - 3min);
    CHECK(incident.total == 40);
    CHECK(incident.peak == 100);
}

TEST_CASE("an incident opens only after the spike has held") {
    const DetectorSettings settings{.hold = 2min};
    const auto pending = advance({}, at(0min, State::spike), 7, settings);
    CHECK(pending.phase == Phase::pending);
    const auto still = advance(pending, at(1min, State::spike), 7, settings);
    CHECK(still.phase == Phase::pending);
    CHECK(advance(still, at(2min, State::spike), 7, settings).phase == Phase::open);
    CHECK(advance(still, at(2min, State::normal), 7, settings).phase == Phase::none);
}

TEST_CASE("an incident closes only after calm has lasted, and what is merely possible is no calm") {
    const DetectorSettings settings{.clear = 30min};
    auto incident = advance({}, at(0min, State::spike), 7, settings);
    incident = advance(incident, at(1min, State::normal), 7, settings);
    CHECK(advance(incident, at(30min, State::normal), 7, settings).phase == Phase::open);
    const auto closed = advance(incident, at(31min, State::normal), 7, settings);
    CHECK(closed.phase == Phase::closed);
    CHECK(closed.closed == noon + 31min);

    incident = advance(incident, at(20min, State::possible), 7, settings);
    CHECK(advance(incident, at(31min, State::normal), 7, settings).phase == Phase::open);
}

TEST_CASE("closed by hand, the rise it was about opens no other; the next rise does") {
    const DetectorSettings settings{.hold = 0min};
    const auto open = advance({}, at(0min, State::spike), 7, settings);
    auto incident = close_by_hand(open, noon + 1min);
    CHECK(incident.phase == Phase::closed);
    CHECK(incident.closed == noon + 1min);
    CHECK(incident.total == open.total);
    incident = advance(incident, at(2min, State::spike), 7, settings);
    incident = advance(incident, at(3min, State::possible), 7, settings);
    CHECK(incident.closed == noon + 1min);
    CHECK(incident.phase == Phase::closed);
    incident = advance(incident, at(4min, State::normal), 7, settings);
    CHECK(incident.phase == Phase::closed);
    incident = advance(incident, at(5min, State::spike), 7, settings);
    CHECK(incident.phase == Phase::open);
    CHECK(incident.opened == noon + 5min);

    CHECK(close_by_hand(Incident{}, noon) == Incident{});
}

TEST_CASE("peak and total follow the incident, the reasons do not") {
    auto incident = advance({}, at(0min, State::spike, 100), 7, {});
    incident = advance(incident, at(1min, State::spike, 300), 250, {});
    incident = advance(incident, at(2min, State::spike, 280), 3, {});
    CHECK(incident.peak == 300);
    CHECK(incident.peak_at == noon + 1min);
    CHECK(incident.total == 40 + 250 + 3);
    CHECK(incident.reasons.observed == 100);
}

TEST_CASE("a new spike after a closed incident is a new incident") {
    auto incident = advance({}, at(0min, State::spike), 7, {});
    incident = advance(incident, at(1min, State::normal), 0, {});
    incident = advance(incident, at(40min, State::normal), 0, {});
    REQUIRE(incident.phase == Phase::closed);
    CHECK(advance(incident, at(41min, State::normal), 0, {}) == incident);
    const auto next = advance(incident, at(50min, State::spike, 20), 7, {});
    CHECK(next.phase == Phase::open);
    CHECK(next.opened == noon + 50min);
    CHECK(next.peak == 20);
}

TEST_CASE("a spike is recovering below half of its peak, and spikes again above three quarters") {
    Incident open;
    open.phase = Phase::open;
    open.peak = 100;
    CHECK(shown(at(0min, State::spike, 50), open, State::spike) == State::spike);
    CHECK(shown(at(0min, State::spike, 49), open, State::spike) == State::recovering);
    CHECK(shown(at(0min, State::spike, 74), open, State::recovering) == State::recovering);
    CHECK(shown(at(0min, State::spike, 75), open, State::recovering) == State::spike);
    CHECK(shown(at(0min, State::spike, 75), {}, State::normal) == State::possible);
    CHECK(shown(at(0min, State::normal, 75), {}, State::possible) == State::normal);
}

}  // namespace outcry::analytics
