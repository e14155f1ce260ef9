// server/official/said.hpp: times, states and words as providers write them, brought into our form; internal to
// official.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analytics/time.hpp"

namespace outcry::official {

/// RFC 3339 ("2026-01-22T14:37:00.000-05:00") or RFC 822 ("Thu, 22 Jan 2026 19:37:00 GMT"); years 1990 to 2200.
std::optional<Time> time_said(std::string_view text);

/// The first of our states that the words speak of ("Monitoring - a fix …"); `other` when there is none.
std::string status_said(std::string_view words);

/// As one line of plain text: valid UTF-8 without control and bidirectional characters, at most `most` code
/// points, ended by "…" where more was said. Empty when it is no UTF-8.
std::string plain(std::string_view text, std::size_t most);

/// The words of a piece of HTML: tags gone, character references of HTML's basic five and numbers resolved.
std::string without_tags(std::string_view html);

/// `address` when it is one of the web, otherwise nothing.
std::string web_address(std::string_view address);

inline constexpr std::size_t longest_title = 300, longest_text = 4'000, longest_id = 500;

}  // namespace outcry::official
