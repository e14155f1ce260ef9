// server/pages/service_chart.cpp: a view becomes a chart.
#include "server/pages/service_chart.hpp"

#include <algorithm>

namespace outcry::pages {

using namespace std::chrono_literals;

namespace {

std::string describe(const ServiceView& view, const Words& words, Time now) {
    const auto& columns = view.columns;
    const auto highest = std::max_element(columns.reports.begin(), columns.reports.end());
    if (highest == columns.reports.end() || *highest == 0) return words.text("chart.describe_empty");
    const auto at = columns.start(static_cast<std::size_t>(highest - columns.reports.begin()));
    const auto last = columns.complete > 0 ? columns.complete - 1 : 0;
    auto text = words.text("chart.describe", {{"peak", words.number(*highest)},
                                              {"at", words.moment(at, now)},
                                              {"last", words.number(columns.reports[last])},
                                              {"usual", words.usual(columns.expected[last])}});
    if (view.open())
        text += ' ' + words.text("chart.describe_incident", {{"at", words.moment(view.incident.opened, now)}});
    return text;
}

}  // namespace

std::string counted_in(const ServiceView& view, const Words& words) {
    return words.text("chart.step." + std::to_string(view.range.step.count()));
}

Chart service_chart(const ServiceView& view, const Words& words) {
    const Time now{view.counted_until};
    Chart chart{.id = "c", .columns = view.columns, .to = Time{view.extent.to}, .band = view.judged()};
    chart.title = words.text("chart.over." + std::string(view.range.name), {{"what", counted_in(view, words)}});
    chart.description = describe(view, words, now);
    for (auto record = view.incidents.rbegin(); record != view.incidents.rend(); ++record) {
        const auto& incident = record->incident;
        if (incident.phase != analytics::Phase::closed || incident.closed <= view.extent.from) continue;
        chart.incidents.push_back({Time{incident.began}, Time{incident.opened}, Time{incident.closed}});
    }
    if (view.open()) {
        chart.incidents.push_back(
            {Time{view.incident.began}, Time{view.incident.opened}, Time{view.counted_until}});
        chart.opened_text = words.text("chart.opened", {{"at", words.moment(view.incident.opened, now)}});
    }
    for (const auto& window : view.work_shown)
        chart.works.push_back({window.starts, window.ends, window.title});
    for (const auto& update : view.official) chart.marks.push_back({update.at, update.text});
    if (!view.official.empty())
        chart.first_mark_text =
            words.text("chart.first_word",
                       {{"provider", view.speaker()}, {"at", words.moment(view.official.front().at, now)}});
    if (view.range.step != 15min) return chart;
    constexpr std::chrono::milliseconds half_window = 450s;  // a sum of 15 minutes stands at its middle
    if (view.columns.complete > 0 && view.verdict.until > view.columns.from + 15min)
        chart.newest = Sum{Time{view.verdict.until} - half_window, view.verdict.observed};
    if (view.open() && view.incident.peak > 0 && view.incident.peak_at > view.extent.from) {
        chart.peak = Sum{Time{view.incident.peak_at} - half_window, view.incident.peak};
        if (chart.newest && chart.newest->at - chart.peak->at < view.range.span / 40)
            chart.newest.reset();  // one dot, not two
        chart.peak_text = words.text("chart.peak", {{"n", words.number(view.incident.peak)},
                                                    {"at", words.moment(view.incident.peak_at, now)}});
    }
    return chart;
}

}  // namespace outcry::pages
