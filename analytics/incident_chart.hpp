// analytics/incident_chart.hpp: which time an incident's chart shows, and what was usual then, so that it can
// be kept.
#pragma once
#include <chrono>
#include <vector>

#include "analytics/chart.hpp"
#include "analytics/incident.hpp"

namespace outcry::analytics {

/// From an hour before the rise in quarter hours, in hours when it lasted longer than two days. A closed
/// incident's ends with the last column that was complete when it closed, so that nothing on it can change; an
/// open one's with the running column.
struct IncidentSpan {
    Minute from{}, to{};
    std::chrono::minutes step{15};
};
IncidentSpan incident_span(const Incident&, Minute now);

/// What was usual in consecutive columns. The vectors have the same length.
struct UsualColumns {
    Minute from{};
    std::chrono::minutes step{15};
    std::vector<double> expected{}, low{}, high{};

    Minute to() const { return from + step * static_cast<int>(expected.size()); }
    friend bool operator==(const UsualColumns&, const UsualColumns&) = default;
};

/// As known now. For an incident that has just opened: foreseen for two days, in quarter hours.
UsualColumns usual_columns(const Incident&, const Expect&);

/// Puts what was usual in the place of what the columns have; false, and nothing done, unless it covers all of
/// them in the same steps.
bool lay_usual(const UsualColumns&, Columns&);

}  // namespace outcry::analytics
