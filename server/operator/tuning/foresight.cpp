// server/operator/tuning/foresight.cpp: the backtest of one service, and its shape on the wire.
#include "server/operator/tuning/foresight.hpp"

#include <fmt/chrono.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

namespace outcry::operators {

using analytics::DetectorSettings;
using analytics::Incident;
using analytics::Moved;
using nlohmann::ordered_json;

namespace {

std::string rfc3339(Minute at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

double rounded(double value) {
    return std::round(value * 100) / 100;
}

ordered_json params_of(const DetectorSettings& settings) {
    return {{"false_alarms_per_year", settings.false_alarms_per_year},
            {"least_reports", settings.least_reports},
            {"hold", settings.hold.count()},
            {"clear", settings.clear.count()}};
}

ordered_json alert_of(const Incident& incident) {
    const auto& why = incident.reasons;
    const bool closed = incident.phase == analytics::Phase::closed;
    return {{"began", rfc3339(incident.began)},
            {"opened", rfc3339(incident.opened)},
            {"closed", closed ? ordered_json(rfc3339(incident.closed)) : ordered_json(nullptr)},
            {"peak", {{"reports_15m", incident.peak}, {"at", rfc3339(incident.peak_at)}}},
            {"total", incident.total},
            {"region", incident.region == analytics::RegionKey::none
                           ? ordered_json(nullptr)
                           : ordered_json(analytics::region_code(incident.region))},
            {"reasons",
             {{"observed", why.observed},
              {"expected", rounded(why.expected)},
              {"ratio", rounded(why.ratio())},
              {"score", rounded(why.score)},
              {"threshold", rounded(why.threshold)}}}};
}

ordered_json alerts_of(const std::vector<Incident>& incidents) {
    auto list = ordered_json::array();
    for (const auto& incident : incidents) list.push_back(alert_of(incident));
    return list;
}

ordered_json moved_of(const std::vector<Moved>& pairs) {
    auto list = ordered_json::array();
    for (const auto& [saved, draft] : pairs)
        list.push_back({{"saved", alert_of(saved)},
                        {"draft", alert_of(draft)},
                        {"minutes_later", (draft.opened - saved.opened).count()}});
    return list;
}

ordered_json versions_of(const live::Recorded& recorded) {
    auto list = ordered_json::array();
    for (const auto& version : recorded.versions)
        list.push_back({{"version", version.version},
                        {"since", version.since == Minute{} ? ordered_json(nullptr)
                                                            : ordered_json(rfc3339(version.since))},
                        {"params", params_of(version.settings)}});
    return list;
}

/// Whatever was saved when: these settings hold from `from` on.
void settle(analytics::Recording& recording, Minute from, const DetectorSettings& settings) {
    std::erase_if(recording.changes, [&](const auto& change) { return change.since > from; });
    recording.changes.push_back({from, settings});
}

ordered_json labelled_of(const Foresight& foresight) {
    const auto counts = labelled(foresight.rises);
    return {{"outages", counts.outages},
            {"missed", counts.missed},
            {"missed_by_saved", counts.missed_by_saved},
            {"false_alarms", counts.false_alarms},
            {"raised", counts.raised},
            {"raised_by_saved", counts.raised_by_saved}};
}

}  // namespace

std::optional<double> Foresight::minutes_later() const {
    const auto& [all_saved, all_draft, added, removed, earlier, later, unchanged] = comparison;
    const auto found_by_both = earlier.size() + later.size() + unchanged.size();
    if (found_by_both == 0) return std::nullopt;
    const auto add = [](std::int64_t sum, const Moved& pair) {
        return sum + (pair.draft.opened - pair.saved.opened).count();
    };
    const auto sum = std::accumulate(
        later.begin(), later.end(), std::accumulate(earlier.begin(), earlier.end(), std::int64_t{0}, add), add);
    return static_cast<double>(sum) / static_cast<double>(found_by_both);
}

Foresight foresee(const storage::Service& service, const DetectorSettings& draft, live::Recorded recorded,
                  Against against, std::span<const storage::AlertLabel> labels) {
    if (against == Against::saved) settle(recorded.recording, recorded.from, service.settings);
    auto comparison = analytics::backtest(recorded.recording, draft, recorded.from);
    auto rises = rises_of(comparison, labels, recorded.to);
    return {service.slug,        service.settings,      draft,           against,
            std::move(recorded), std::move(comparison), std::move(rises)};
}

std::string settings_json(const DetectorSettings& settings) {
    return params_of(settings).dump();
}

std::string foresight_json(const Foresight& foresight) {
    const auto& found = foresight.comparison;
    const auto later = foresight.minutes_later();
    return ordered_json{
        {"service", foresight.slug},
        {"from", rfc3339(foresight.recorded.from)},
        {"to", rfc3339(foresight.recorded.to)},
        {"learned_from", rfc3339(foresight.recorded.recording.first)},
        {"params", {{"saved", params_of(foresight.saved)}, {"draft", params_of(foresight.draft)}}},
        {"against", foresight.against == Against::record ? "record" : "saved"},
        {"versions", versions_of(foresight.recorded)},
        {"summary",
         {{"saved", found.saved.size()},
          {"draft", found.draft.size()},
          {"added", found.added.size()},
          {"removed", found.removed.size()},
          {"earlier", found.earlier.size()},
          {"later", found.later.size()},
          {"unchanged", found.unchanged.size()},
          {"minutes_later", later ? ordered_json(rounded(*later)) : ordered_json(nullptr)},
          {"labelled", labelled_of(foresight)}}},
        {"alerts", {{"saved", alerts_of(found.saved)}, {"draft", alerts_of(found.draft)}}},
        {"added", alerts_of(found.added)},
        {"removed", alerts_of(found.removed)},
        {"earlier", moved_of(found.earlier)},
        {"later", moved_of(found.later)}}
        .dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace outcry::operators
