// server/catalogue/places.hpp: where a value stands in a JSON text, as an editor counts.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace outcry::catalogue {

struct Spot {
    std::size_t line = 1, column = 1;
};

/// Of the byte at `offset`; columns count bytes.
Spot spot_at(std::string_view text, std::size_t offset);

/// Where the value of this JSON pointer (RFC 6901) begins, for a field its name; of the innermost value there
/// is when the rest of the pointer leads nowhere. `text` must be valid JSON.
std::size_t offset_of(std::string_view text, std::string_view pointer);

}  // namespace outcry::catalogue
