// server/live/events.cpp: numbers and names, so that a page needs nothing else to redraw.
#include "server/live/events.hpp"

#include <fmt/chrono.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "server/live/announced_work.hpp"

namespace outcry::live {
namespace {

using nlohmann::json;

std::string rfc3339(Time at) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
}

std::string line(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

double rounded(double value) {
    return std::round(value * 100) / 100;
}

json state(analytics::State value) {
    return std::string{analytics::to_string(value)};
}

json maintenance(const storage::Maintenance* work) {
    if (!work) return nullptr;
    return {{"title", work->title}, {"starts", rfc3339(work->starts)}, {"ends", rfc3339(work->ends)}};
}

}  // namespace

Event counts_event(const std::string& slug, const analytics::Standing& standing,
                   std::span<const analytics::Bin> changed, const storage::Maintenance* work) {
    auto bins = json::array();
    for (const auto& bin : changed)
        bins.push_back({bin.minute.time_since_epoch().count() * 60, bin.reports, bin.works});
    const auto& verdict = standing.verdict;
    return {"counts", slug,
            line({{"service", slug},
                  {"bins", std::move(bins)},
                  {"complete_until", rfc3339(verdict.until)},
                  {"reports_15m", verdict.observed},
                  {"expected_15m", rounded(verdict.expected)},
                  {"state", shown_state(verdict.state, work)},
                  {"reports_state", state(verdict.state)}})};
}

Event state_event(const std::string& slug, const StateChange& change) {
    const auto& verdict = change.verdict;
    return {"state", slug,
            line({{"service", slug},
                  {"state", shown_state(change.to, change.work_now)},
                  {"was", shown_state(change.from, change.work_before)},
                  {"reports_state", state(change.to)},
                  {"at", rfc3339(change.at)},
                  {"since", verdict.since == Minute{} ? json() : json(rfc3339(verdict.since))},
                  {"reports_15m", verdict.observed},
                  {"expected_15m", rounded(verdict.expected)},
                  {"ratio", rounded(verdict.ratio())},
                  {"maintenance", maintenance(change.work_now)}})};
}

Event incident_event(const std::string& slug, const std::string& id, const analytics::Transition& transition) {
    const auto& incident = transition.incident;
    const bool closed = incident.phase == analytics::Phase::closed;
    const auto* name = transition.opened   ? "incident.opened"
                       : transition.closed ? "incident.closed"
                                           : "incident.updated";
    return {name, slug,
            line({{"service", slug},
                  {"id", id},
                  {"state", state(transition.to)},
                  {"began", rfc3339(incident.began)},
                  {"opened", rfc3339(incident.opened)},
                  {"closed", closed ? json(rfc3339(incident.closed)) : json()},
                  {"peak", incident.peak},
                  {"peak_at", rfc3339(incident.peak_at)},
                  {"total", incident.total},
                  {"region", incident.region == analytics::RegionKey::none
                                 ? json()
                                 : json(analytics::region_code(incident.region))}})};
}

}  // namespace outcry::live
