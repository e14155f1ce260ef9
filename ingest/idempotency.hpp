// ingest/idempotency.hpp: the same request sent twice is one report: from a client's key to the report's
// identity.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "ingest/report.hpp"

namespace outcry::ingest {

inline constexpr std::size_t longest_idempotency_key = 255;

/// A UUIDv7 made within a quarter hour before `now` (or a minute after it, for a clock that is fast) gives its
/// own time and one identity for each service, whoever sends it; an older one could name a window that is over,
/// and count its reporter once in each of them. Any other key is hashed with the reporter and the service into
/// an identity whose time is the start of the present window, so that it means nothing to other reporters and
/// for other services. Nothing when the key is empty, too long or not visible ASCII.
std::optional<ReportId> report_id_for(std::string_view key, const ReporterKey&, analytics::ServiceId, Time now);

}  // namespace outcry::ingest
