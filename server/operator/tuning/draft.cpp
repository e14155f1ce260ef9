// server/operator/tuning/draft.cpp: one table of names and ranges; the database holds the same ranges.
#include "server/operator/tuning/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace outcry::operators {

using analytics::DetectorSettings;
using std::chrono::minutes;

namespace {

minutes whole_minutes(double value) {
    return minutes{static_cast<int>(value)};
}

constexpr std::array<Setting, 4> known{{
    {"false_alarms_per_year", "", false, 0.05, 366,
     [](const DetectorSettings& s) { return s.false_alarms_per_year; },
     [](DetectorSettings& s, double v) { s.false_alarms_per_year = v; }},
    {"least_reports", "", true, 1, 100'000,
     [](const DetectorSettings& s) { return static_cast<double>(s.least_reports); },
     [](DetectorSettings& s, double v) { s.least_reports = static_cast<std::uint32_t>(v); }},
    {"hold", "hold_minutes", true, 0, 60,
     [](const DetectorSettings& s) { return static_cast<double>(s.hold.count()); },
     [](DetectorSettings& s, double v) { s.hold = whole_minutes(v); }},
    {"clear", "clear_minutes", true, 1, 1'440,
     [](const DetectorSettings& s) { return static_cast<double>(s.clear.count()); },
     [](DetectorSettings& s, double v) { s.clear = whole_minutes(v); }},
}};

const Setting* find(std::string_view name) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& setting) {
        return setting.name == name || (!setting.also.empty() && setting.also == name);
    });
    return found == known.end() ? nullptr : &*found;
}

std::string unknown_name() {
    std::string names;
    for (const auto& setting : known) names.append(names.empty() ? "" : ", ").append(setting.name);
    return "no setting has this name; known are " + names;
}

std::string rule(const Setting& setting) {
    const bool minutes_long = !setting.also.empty();
    return fmt::format("{} is {} from {} to {}", setting.name,
                       minutes_long    ? "whole minutes"
                       : setting.whole ? "a whole number"
                                       : "a number",
                       setting.least, setting.most);
}

std::optional<double> number_from(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::span<const Setting> settings() {
    return known;
}

std::string setting_text(double value) {
    return fmt::format("{}", value);
}

std::optional<std::string> set_by_name(DetectorSettings& settings, std::string_view name, double value) {
    const auto* setting = find(name);
    if (!setting) return unknown_name();
    const bool fits = value >= setting->least && value <= setting->most;  // false for what is no number
    if (!fits || (setting->whole && value != std::floor(value))) return rule(*setting);
    setting->put(settings, value);
    return std::nullopt;
}

std::optional<std::string> set_by_name(DetectorSettings& settings, std::string_view name,
                                       std::string_view value) {
    return set_by_name(settings, name, number_from(value).value_or(std::nan("")));
}

std::optional<minutes> parse_window(std::string_view text) {
    if (text.size() < 2) return std::nullopt;
    const char unit = text.back();
    const auto digits = text.substr(0, text.size() - 1);
    int count = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc{} || end != digits.data() + digits.size() || count < 1) return std::nullopt;
    if (unit == 'h' && count <= 90 * 24) return std::chrono::hours{count};
    if (unit == 'd' && count <= 90) return std::chrono::days{count};
    return std::nullopt;
}

}  // namespace outcry::operators
