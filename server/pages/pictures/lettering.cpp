// server/pages/pictures/lettering.cpp: see the header.
#include "server/pages/pictures/lettering.hpp"

#include "server/pages/xml.hpp"

namespace outcry::pages {
namespace {

/// In parts of the font size, after Inter and DejaVu Sans; what is not Latin is taken as wide.
double advance(char32_t c) {
    constexpr std::string_view narrow = "iljtfrI.,:;'|!()[] ", wide = "mwMW@%";
    if (c >= 0x300 && c < 0x370) return 0;  // marks above and below letters
    if (c >= 0x1100) return c >= 0x2000 && c < 0x2070 ? 0.5 : 1.0;
    if (c >= 0x80) return 0.64;
    const auto is_one_of = [c](std::string_view set) { return set.find(static_cast<char>(c)) != set.npos; };
    if (is_one_of(narrow)) return 0.33;
    if (is_one_of(wide)) return 0.9;
    return c >= 'A' && c <= 'Z' ? 0.69 : 0.59;
}

}  // namespace

double text_width(std::string_view text, double font_size) {
    double width = 0;
    while (!text.empty()) width += advance(next_code_point(text));
    return width * font_size;
}

std::string fit_text(std::string_view text, double font_size, double most) {
    if (text_width(text, font_size) <= most) return std::string(text);
    constexpr std::string_view ellipsis = "…";
    auto rest = text;
    double width = text_width(ellipsis, font_size);
    for (auto before = rest; !rest.empty(); before = rest) {
        width += advance(next_code_point(rest)) * font_size;
        if (width > most)
            return std::string(text.substr(0, text.size() - before.size())) + std::string(ellipsis);
    }
    return std::string(text);
}

}  // namespace outcry::pages
