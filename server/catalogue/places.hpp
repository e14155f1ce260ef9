// server/catalogue/places.hpp: where a value stands in a JSON text, as an editor counts.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace outcry::catalogue {

struct Spot {
    std::size_t line = 1, column = 1;
};

/// Bytes of the mark that some editors put before UTF-8: 3, or none.
std::size_t length_of_mark(std::string_view text);

/// Of the byte at `offset`; columns count characters.
Spot spot_at(std::string_view text, std::size_t offset);

/// Where the value of this JSON pointer (RFC 6901) begins, for a field its name; of the innermost value there
/// is when the rest of the pointer leads nowhere. `text` must be valid JSON.
std::size_t offset_of(std::string_view text, std::string_view pointer);

/// The first name that an object has twice, and where it stands the second time. `text` must be valid JSON.
struct Repeated {
    std::size_t offset = 0;
    std::string name;
};
std::optional<Repeated> repeated_name(std::string_view text);

}  // namespace outcry::catalogue
