// server/pages/xml.cpp: see the header.
#include "server/pages/xml.hpp"

namespace outcry::pages {
namespace {

constexpr char32_t replacement = 0xfffd;

/// Char of XML 1.0, section 2.2; a carriage return would be read as a line end, so it does not pass either.
bool is_xml_char(char32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n';
    return c != 0x7f && !(c >= 0x80 && c <= 0x9f) && c != 0xfffe && c != 0xffff;
}

}  // namespace

char32_t next_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const auto reject = [&] {
        text.remove_prefix(1);
        return replacement;
    };
    if (length == 0 || length > text.size() || first > 0xf4) return reject();
    char32_t c = length == 1 ? first : first & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return reject();
        c = c << 6 | (byte(i) & 0x3f);
    }
    const bool too_long = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (too_long || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) return reject();
    text.remove_prefix(length);
    return c;
}

std::string escape_xml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto before = text;
        const auto c = next_code_point(text);
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\'') {
            out += "&#39;";
        } else if (c == replacement || !is_xml_char(c)) {
            out += "\xef\xbf\xbd";
        } else {
            out += before.substr(0, before.size() - text.size());
        }
    }
    return out;
}

}  // namespace outcry::pages
