// server/storage/columns.hpp: how our values stand in columns and parameters; internal to storage.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::storage {

/// Times travel as whole numbers: minutes as seconds since 1970, instants as milliseconds.
inline long long seconds(Minute at) {
    return at.time_since_epoch().count() * 60;
}
inline long long millis(Time at) {
    return at.time_since_epoch().count();
}
inline Minute minute_from(const pqxx::field& seconds) {
    return Minute{std::chrono::minutes{seconds.as<long long>() / 60}};
}
inline Time time_from(const pqxx::field& millis) {
    return Time{std::chrono::milliseconds{millis.as<long long>()}};
}
inline std::optional<Minute> maybe_minute_from(const pqxx::field& seconds) {
    return seconds.is_null() ? std::nullopt : std::optional{minute_from(seconds)};
}

inline std::optional<Time> maybe_time_from(const pqxx::field& millis) {
    return millis.is_null() ? std::nullopt : std::optional{time_from(millis)};
}

inline std::string text_from(const pqxx::field& field) {
    return {field.c_str(), field.size()};
}

/// Bytes as a binary parameter, and back.
inline pqxx::binarystring bytes(std::string_view value) {
    return {value.data(), value.size()};
}
inline std::string bytes_from(const pqxx::field& field) {
    return pqxx::binarystring(field).str();
}

/// 16 bytes as the text of a uuid, with its hyphens.
std::string uuid_text(const std::array<std::uint8_t, 16>&);
std::array<std::uint8_t, 16> uuid_from(std::string_view text);

/// The parts of what a query joined by the unit separator.
std::vector<std::string> split(std::string_view joined);

/// A double that reads back as the same double.
std::string exact(double);

/// PostgreSQL's words as part of one of ours: no line breaks, no full stop.
std::string one_line(std::string text);

}  // namespace outcry::storage
