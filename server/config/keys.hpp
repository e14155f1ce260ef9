// server/config/keys.hpp: the table of keys: name, place in Config, what it may hold.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/config/config.hpp"

namespace outcry::config {

using Member = std::variant<std::string Config::*, std::vector<std::string> Config::*, bool Config::*,
                            std::int64_t Config::*, std::optional<double> Config::*,
                            std::optional<std::int64_t> Config::*>;

struct Key {
    std::string_view name;  // "log.level"
    Member member;
    double least = 0, most = 0;                  // of a number
    std::vector<std::string_view> allowed = {};  // of a text; empty: anything
    bool secret = false;                         // never shown
};

std::span<const Key> keys();
const Key* find_key(std::string_view name);

/// "log.level" → "OUTCRY_LOG_LEVEL".
std::string variable_of(std::string_view name);

/// The known name that begins alike or has the fewest letters to change; empty when none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace outcry::config
