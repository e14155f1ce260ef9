// server/api/timestamps.hpp: instants as RFC 3339 in UTC, the one way the API writes and reads time.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "analytics/time.hpp"

namespace outcry::api {

/// "2026-01-22T14:30:00Z"; milliseconds only where there are any.
std::string to_rfc3339(Time);

/// "2026-01-22T14:30:00Z", also with a fraction and an offset ("+01:00"), also a date alone. Years 1970 to
/// 9999.
std::optional<Time> parse_rfc3339(std::string_view text);

}  // namespace outcry::api
