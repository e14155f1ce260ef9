// ingest/text.cpp: one decoder, and what is asked of it.
#include "ingest/text.hpp"

#include <array>

namespace outcry::ingest {
namespace {

constexpr char32_t bad = 0xffffffff;

/// The code point at `at`, which moves past it; `bad` when there is none. Source: RFC 3629, section 4.
char32_t next(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - at < static_cast<std::size_t>(more)) return bad;
    char32_t point = lead & (0x3f >> more);
    for (int i = 0; i < more; ++i) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte & 0xc0) != 0x80) return bad;
        point = point << 6 | (byte & 0x3f);
        ++at;
    }
    constexpr std::array<char32_t, 4> shortest{0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    return point < shortest[static_cast<std::size_t>(more)] || surrogate || point > 0x10ffff ? bad : point;
}

bool is_bidi_control(char32_t point) {
    return point == 0x061c || point == 0x200e || point == 0x200f || (point >= 0x202a && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069);
}

bool is_refused_control(char32_t point) {
    if (point == '\t' || point == '\n' || point == '\r') return false;
    return point < 0x20 || (point >= 0x7f && point <= 0x9f);
}

/// Embeddings, overrides and isolates: left open, they turn whatever follows. Marks (U+200E) do not.
bool turns_text(char32_t point) {
    return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

/// XML 1.0, production 2, allows neither; nor does it allow the controls that are refused anyway.
bool is_no_character(char32_t point) {
    return point == 0xfffe || point == 0xffff;
}

/// White space of Unicode, and what has no width.
bool is_invisible(char32_t point) {
    return point <= 0x20 || point == 0xa0 || point == 0xad || point == 0x61c || point == 0x1680 ||
           point == 0x180e || (point >= 0x2000 && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f) ||
           (point >= 0x205f && point <= 0x206f) || point == 0x3000 || point == 0xfeff;
}

std::string code_of(char32_t point) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string code;
    for (; point > 0 || code.size() < 4; point >>= 4) code.insert(code.begin(), digits[point & 0xf]);
    return "U+" + code;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (next(text, at) == bad) return false;
    }
    return true;
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next(text, at);
    return count;
}

std::string_view beginning(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xc0) == 0x80) --most_bytes;
    return text.substr(0, most_bytes);
}

std::string without_bidi_controls(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        if (!is_bidi_control(next(text, at))) kept.append(text, from, at - from);
    }
    return kept;
}

std::optional<char32_t> first_control(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next(text, at);
        if (is_refused_control(point)) return point;
    }
    return std::nullopt;
}

std::optional<std::string> flaw_in_name(std::string_view text) {
    bool visible = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next(text, at);
        const bool line_break =
            point == '\t' || point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029;
        if (line_break) return "holds a tab or a line break (" + code_of(point) + "); write it in one line";
        if (is_refused_control(point)) return "holds the control character " + code_of(point) + "; take it out";
        if (turns_text(point))
            return "holds " + code_of(point) + ", which turns the direction of the text around it; take it out";
        if (is_no_character(point)) return "holds " + code_of(point) + ", which is no character; take it out";
        visible = visible || !is_invisible(point);
    }
    if (!visible) return "has nothing in it that can be seen";
    return std::nullopt;
}

}  // namespace outcry::ingest
