// tests/unit/analytics/incident_chart_test.cpp: a closed incident's chart is what it was when it closed.
#include <catch2/catch.hpp>

#include "analytics/incident_chart.hpp"

using namespace outcry;
using namespace outcry::analytics;
using namespace std::chrono_literals;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

Incident lasting(std::chrono::minutes span) {
    Incident incident;
    incident.phase = Phase::closed;
    incident.began = noon;
    incident.opened = noon + 5min;
    incident.closed = noon + span;
    return incident;
}

Expectation growing(Minute from, std::chrono::minutes span) {
    const auto n = static_cast<double>((from - noon) / 15min) + 100;
    return {n, n - 1, n + static_cast<double>(span.count())};
}

}  // namespace

TEST_CASE("a closed incident's chart has only columns that were complete when it closed") {
    const auto span = incident_span(lasting(97min), noon + 900h);
    CHECK(span.from == noon - 1h);
    CHECK(span.to == noon + 90min);
    CHECK(span.step == 15min);
    CHECK(incident_span(lasting(49h), noon).step == 60min);
}

TEST_CASE("an open incident's chart ends with the column that is still counting") {
    auto incident = lasting(0min);
    incident.phase = Phase::open;
    CHECK(incident_span(incident, noon + 50min).to == noon + 60min);
}

TEST_CASE("an incident that opens and closes within one column has a chart all the same") {
    auto incident = lasting(1min);
    incident.began = noon - 61min;
    incident.closed = incident.began + 1min;
    const auto span = incident_span(incident, noon);
    CHECK(span.to > span.from);
}

TEST_CASE("what was usual is laid into the columns it was kept for, and into no others") {
    auto incident = lasting(90min);
    const auto usual = usual_columns(incident, growing);
    const auto span = incident_span(incident, noon);
    CHECK(usual.from == span.from);
    CHECK(usual.to() == span.to);

    const auto later = [](Minute, std::chrono::minutes) { return Expectation{7, 7, 7}; };
    auto columns = make_columns({}, span.from, span.to, span.step, span.to, later);
    REQUIRE(lay_usual(usual, columns));
    CHECK(columns.expected == usual.expected);
    CHECK(columns.high.back() == usual.high.back());

    auto hours = make_columns({}, noon - 1h, noon + 1h, 60min, noon + 1h, later);
    CHECK_FALSE(lay_usual(usual, hours));
    auto longer = make_columns({}, span.from, span.to + 15min, span.step, span.to + 15min, later);
    CHECK_FALSE(lay_usual(usual, longer));
    CHECK(longer.expected.front() == 7);
}

TEST_CASE("what is foreseen at the opening serves an incident that is ended from outside") {
    auto incident = lasting(0min);
    incident.phase = Phase::open;
    const auto foreseen = usual_columns(incident, growing);
    incident = lasting(20h);
    const auto span = incident_span(incident, noon);
    auto columns = make_columns({}, span.from, span.to, span.step, span.to, growing);
    const auto as_learned = columns.expected;
    CHECK(lay_usual(foreseen, columns));
    CHECK(columns.expected == as_learned);
}
