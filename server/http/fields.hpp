// server/http/fields.hpp: methods and header fields, for the files that need no more of a message than these.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outcry::http {

enum class Method { get, head, post, put, patch, delete_, options };
std::string_view to_string(Method);
std::optional<Method> parse_method(std::string_view name);

using Fields = std::vector<std::pair<std::string, std::string>>;  // names in lower case

/// The value of the first field of this name, or empty.
std::string_view value_of(const Fields&, std::string_view name);

}  // namespace outcry::http
