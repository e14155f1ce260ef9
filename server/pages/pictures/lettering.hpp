// server/pages/pictures/lettering.hpp: how wide a line of text is about, in a picture that cannot ask the font.
#pragma once
#include <string>
#include <string_view>

namespace outcry::pages {

/// Pixels, at this font size, in a plain sans serif; a little generous, since fonts differ.
double text_width(std::string_view text, double font_size);

/// The text, or as much of its beginning as fits into `most` pixels with an ellipsis after it.
std::string fit_text(std::string_view text, double font_size, double most);

}  // namespace outcry::pages
