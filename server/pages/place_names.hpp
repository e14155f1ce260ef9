// server/pages/place_names.hpp: what people call the places that reports come from.
#pragma once
#include <string>
#include <string_view>

namespace outcry::pages {

/// "US" → "United States", "US-CA" → "United States, CA", in the language ("en"), else in English; a code that
/// has no name stays a code.
std::string place_name(std::string_view code, std::string_view language);

}  // namespace outcry::pages
