// server/live/events.hpp: the wire shape of each Server-Sent Event. Times are RFC 3339, UTC.
#pragma once
#include <span>
#include <string>

#include "analytics/board.hpp"
#include "server/live/event_hub.hpp"
#include "server/storage/quiet.hpp"

namespace outcry::live {

/// `counts`: `{service, bins: [[minute as seconds since 1970, reports, works], …] (absolute totals),
/// complete_until, reports_15m, expected_15m, state, reports_state}`. `work`: what is under way; may be null.
Event counts_event(const std::string& slug, const analytics::Standing&, std::span<const analytics::Bin>,
                   const storage::Maintenance* work);

/// What a service is shown as has changed: what its reports say, or that it is being worked on.
struct StateChange {
    Minute at{};
    analytics::State from{}, to{};  // as its reports say
    const storage::Maintenance *work_before = nullptr, *work_now = nullptr;
    analytics::Verdict verdict{};
};
/// `state`: `{service, state, was, reports_state, at, since, reports_15m, expected_15m, ratio, maintenance}`.
Event state_event(const std::string& slug, const StateChange&);

/// `incident.opened`, `incident.updated`, `incident.closed`: `{service, id, state, began, opened, closed, peak,
/// peak_at, total}`.
Event incident_event(const std::string& slug, const std::string& id, const analytics::Transition&);

}  // namespace outcry::live
