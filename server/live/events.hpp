// server/live/events.hpp: the wire shape of each Server-Sent Event. Times are RFC 3339, UTC.
#pragma once
#include <span>
#include <string>

#include "analytics/board.hpp"
#include "server/live/event_hub.hpp"

namespace outcry::live {

/// `counts`: `{service, bins: [[minute as seconds since 1970, reports, works], …] (absolute totals),
/// complete_until, reports_15m, expected_15m, state}`.
Event counts_event(const std::string& slug, const analytics::Standing&, std::span<const analytics::Bin>);

/// `state`: `{service, state, was, at, since, reports_15m, expected_15m, ratio}`.
Event state_event(const std::string& slug, const analytics::Transition&);

/// `incident.opened`, `incident.updated`, `incident.closed`: `{service, id, state, began, opened, closed, peak,
/// peak_at, total}`.
Event incident_event(const std::string& slug, const std::string& id, const analytics::Transition&);

}  // namespace outcry::live
