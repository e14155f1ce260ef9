// server/operator/draft.hpp: detector settings and windows as operators write them: by name, within their
// range.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "analytics/verdict.hpp"

namespace outcry::operators {

/// Sets `false_alarms_per_year`, `least_reports`, `hold` or `clear` (minutes; also `hold_minutes`,
/// `clear_minutes`). Otherwise changes nothing and returns what is wrong, with the range or the known names.
std::optional<std::string> set_by_name(analytics::DetectorSettings&, std::string_view name, double value);

/// The same from text.
std::optional<std::string> set_by_name(analytics::DetectorSettings&, std::string_view name,
                                       std::string_view value);

inline constexpr std::string_view window_rule = "a window is 1h to 2160h or 1d to 90d, such as 30d";

/// "30d", "12h"; nothing for what breaks `window_rule`.
std::optional<std::chrono::minutes> parse_window(std::string_view text);

}  // namespace outcry::operators
