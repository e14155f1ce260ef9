// analytics/typing.hpp: how many slips of the finger lie between two words.
#pragma once
#include <cstddef>
#include <string_view>

namespace outcry::analytics {

/// Letters left out, put in, mistaken, or two neighbours swapped (optimal string alignment), counted in bytes;
/// `most` + 1 when there are more than `most`.
std::size_t slips_between(std::string_view a, std::string_view b, std::size_t most);

}  // namespace outcry::analytics
