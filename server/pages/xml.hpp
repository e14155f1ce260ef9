// server/pages/xml.hpp: text inside XML: SVG pictures, feeds, sitemaps.
#pragma once
#include <string>
#include <string_view>

namespace outcry::pages {

/// Escaped for elements and attributes. What XML 1.0 cannot hold even when escaped (control characters, bytes
/// that are no UTF-8) becomes U+FFFD, so that one odd name never breaks a whole document.
std::string escape_xml(std::string_view text);

/// Takes the next code point off the front; U+FFFD for a byte that begins none.
char32_t next_code_point(std::string_view& text);

}  // namespace outcry::pages
