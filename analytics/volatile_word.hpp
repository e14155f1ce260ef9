// analytics/volatile_word.hpp: words that are of one person, place or moment, as opposed to codes that many
// see.
#pragma once
#include <cstddef>
#include <string_view>

namespace outcry::analytics {

/// From this many digits on a number points at someone: a telephone, a ticket, an account.
inline constexpr std::size_t long_number = 7;

bool is_digits(std::string_view word);

/// An address of mail, web or network, a time of day, a date, a long number, an identifier. `word` has no
/// spaces and no punctuation round it. "451", "4.3.2", "0x80070005", "AADSTS50076" are codes, not volatile.
bool is_volatile(std::string_view word);

}  // namespace outcry::analytics
