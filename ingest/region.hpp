// ingest/region.hpp: ISO 3166: which region codes there are.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace outcry::ingest {

/// The code in upper case: an officially assigned country ("US"), or one with a subdivision of the right shape
/// ("US-CA", one to three letters or digits; whether the country has it is not checked). Nothing when it is
/// neither.
std::optional<std::string> parse_region(std::string_view);

}  // namespace outcry::ingest
