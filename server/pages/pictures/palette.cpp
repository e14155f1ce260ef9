// server/pages/pictures/palette.cpp: see the header.
#include "server/pages/pictures/palette.hpp"

namespace outcry::pages {

std::string_view Palette::of(std::string_view state) const {
    if (state == "spike") return spike;
    if (state == "possible") return possible;
    if (state == "recovering") return recovering;
    if (state == "normal") return normal;
    if (state == "maintenance") return maintenance;
    return unknown;
}

}  // namespace outcry::pages
