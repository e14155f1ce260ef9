// server/operator/moment.hpp: moments as operators type them. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "analytics/time.hpp"

namespace outcry::operators {

/// "2026-01-22T20:00", as a browser's date field sends it, or RFC 3339 with Z; UTC. Nothing for anything else.
std::optional<Time> parse_moment(std::string_view);

/// As the value of such a field.
std::string moment_text(Time);

/// "22:30" as minutes since midnight.
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view);
std::string time_of_day_text(std::chrono::minutes);

}  // namespace outcry::operators
