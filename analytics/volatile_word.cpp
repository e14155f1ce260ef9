// analytics/volatile_word.cpp: see the header.
#include "analytics/volatile_word.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace outcry::analytics {
namespace {

constexpr std::size_t long_identifier = 12, long_mixture = 16, long_word = 40, long_code = 10;

bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool hexadecimal(char c) {
    return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
std::size_t digits_in(std::string_view word) {
    return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), digit));
}

std::vector<std::string_view> split(std::string_view word, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= word.size();) {
        const auto end = std::min(word.find_first_of(separators, at), word.size());
        parts.push_back(word.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

bool is_address(std::string_view word) {
    std::string small(word);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
    return small.find('@') != std::string::npos || small.find("://") != std::string::npos ||
           small.starts_with("www.") || small.starts_with("mailto:");
}

/// 12:34, 12:34:56.789, 9:05pm, 12:34Z.
bool is_time(std::string_view word) {
    while (!word.empty() && letter(word.back())) word.remove_suffix(1);
    const auto parts = split(word, ":");
    if (parts.size() < 2 || parts.size() > 3 || !is_digits(parts[0]) || parts[0].size() > 2) return false;
    return std::all_of(parts.begin() + 1, parts.end(),
                       [](auto part) { return part.size() >= 2 && digit(part[0]) && digit(part[1]); });
}

/// 2026-01-22 with or without a time behind it, 22/1/2026, 22.01.26; not 4.3.2.
bool is_date(std::string_view word) {
    if (word.size() > 10 && (word[10] == 'T' || word[10] == 't')) word = word.substr(0, 10);
    const auto parts = split(word, "-/.");
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), is_digits)) return false;
    const auto size = [&](std::size_t i) { return parts[i].size(); };
    if (size(0) == 4) return size(1) <= 2 && size(2) <= 2;
    if (size(0) > 2 || size(1) > 2) return false;
    const bool dotted = word.find('.') != std::string_view::npos;
    return size(2) == 4 || (size(2) == 2 && (!dotted || (size(0) == 2 && size(1) == 2)));
}

bool is_network(std::string_view word) {
    const auto four = split(word.substr(0, word.find_first_of(":/")), ".");
    if (four.size() == 4 &&
        std::all_of(four.begin(), four.end(), [](auto part) { return is_digits(part) && part.size() <= 3; }))
        return true;
    const auto colons = std::count(word.begin(), word.end(), ':');
    return colons >= 2 &&
           std::all_of(word.begin(), word.end(), [](char c) { return hexadecimal(c) || c == ':'; });
}

bool is_identifier(std::string_view word) {
    const auto digits = digits_in(word);
    if (word.starts_with("0x") || word.starts_with("0X")) return word.size() > long_code;
    const auto of = [&](auto allowed) { return std::all_of(word.begin(), word.end(), allowed); };
    if (digits >= long_number &&
        of([](char c) { return digit(c) || std::string_view("+-()./#_,").find(c) != std::string_view::npos; }))
        return true;
    if (digits > 0 && word.size() >= long_identifier && of([](char c) { return hexadecimal(c) || c == '-'; }))
        return true;
    const bool mixed = digits >= 4 && word.size() >= long_mixture;
    const bool ascii = of([](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return (mixed && ascii) || (ascii && word.size() > long_word);
}

}  // namespace

bool is_digits(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), digit);
}

bool is_volatile(std::string_view word) {
    return is_address(word) || is_time(word) || is_date(word) || is_network(word) || is_identifier(word);
}

}  // namespace outcry::analytics
