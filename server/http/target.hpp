// server/http/target.hpp: what a request target and a form say once their percent-encoding is undone. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/http/fields.hpp"

namespace outcry::http {

struct Target {
    std::string path;
    Fields query;
};

/// Splits and decodes; nothing when an escape is broken, or when the result is no UTF-8 or holds a NUL.
std::optional<Target> parse_target(std::string_view target);

/// "%2F" for everything that is not a letter, a digit or one of -._~
std::string percent_encode(std::string_view text);

bool is_valid_utf8(std::string_view bytes);

}  // namespace outcry::http
