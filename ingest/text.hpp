// ingest/text.hpp: what Outcry needs to know of UTF-8, and no more.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace outcry::ingest {

/// RFC 3629: shortest forms only, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view);

/// Code points. These and those below expect valid UTF-8.
std::size_t characters(std::string_view);
/// At most so many bytes of a text's beginning, cut between characters.
std::string_view beginning(std::string_view, std::size_t most_bytes);
/// Without U+061C, U+200E, U+200F, U+202A…U+202E and U+2066…U+2069, with which a text can pose as another one.
std::string without_bidi_controls(std::string_view);
/// The first control character other than tab and the two of a line break: C0, DEL or C1.
std::optional<char32_t> first_control(std::string_view);

/// Why a text cannot stand as the name of something, as the end of a sentence ("holds …"); nothing when it can.
/// A name is one line with something to see in it, turns no text around it, and fits into XML. Expects valid
/// UTF-8.
std::optional<std::string> flaw_in_name(std::string_view);

}  // namespace outcry::ingest
