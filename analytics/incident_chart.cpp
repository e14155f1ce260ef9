// analytics/incident_chart.cpp: see the header.
#include "analytics/incident_chart.hpp"

#include <algorithm>

namespace outcry::analytics {

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::hours before = 1h, fine = 48h;
}

IncidentSpan incident_span(const Incident& incident, Minute now) {
    const bool over = incident.phase == Phase::closed;
    const auto end = over ? incident.closed : now;
    const std::chrono::minutes step = end - incident.began > fine ? 60min : 15min;
    const auto from = floor_to(incident.began - before, step);
    return {from, std::max(floor_to(over ? end : end + step, step), from + step), step};
}

UsualColumns usual_columns(const Incident& incident, const Expect& expect) {
    const auto span = incident.phase == Phase::closed
                          ? incident_span(incident, incident.closed)
                          : IncidentSpan{floor_to(incident.began - before, 15min),
                                         floor_to(incident.began + fine + before, 15min), 15min};
    UsualColumns usual{.from = span.from, .step = span.step};
    for (auto at = span.from; at < span.to; at += span.step) {
        const auto range = expect(at, span.step);
        usual.expected.push_back(range.expected);
        usual.low.push_back(range.low);
        usual.high.push_back(range.high);
    }
    return usual;
}

bool lay_usual(const UsualColumns& usual, Columns& columns) {
    const auto skipped = (columns.from - usual.from) / columns.step;
    const bool aligned = usual.step == columns.step && usual.from <= columns.from &&
                         columns.from == usual.from + skipped * usual.step;
    const auto first = static_cast<std::size_t>(std::max<long>(skipped, 0));
    if (!aligned || first + columns.size() > usual.expected.size()) return false;
    const auto copy = [&](const std::vector<double>& from, std::vector<double>& to) {
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(first), columns.size(), to.begin());
    };
    copy(usual.expected, columns.expected);
    copy(usual.low, columns.low);
    copy(usual.high, columns.high);
    return true;
}

}  // namespace outcry::analytics
