// server/operator/tuning/draft.hpp: detector settings and windows as operators write them: by name, within
// their range.
#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "analytics/verdict.hpp"

namespace outcry::operators {

/// One setting by name, and what it may be; times are in minutes.
struct Setting {
    std::string_view name, also;  // also: another name that is taken; may be empty
    bool whole;                   // no fractions
    double least, most;
    double (*get)(const analytics::DetectorSettings&);
    void (*put)(analytics::DetectorSettings&, double);
};
/// All four, in the order in which they are shown.
std::span<const Setting> settings();

/// As people write it: "1.2", "30".
std::string setting_text(double value);

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
