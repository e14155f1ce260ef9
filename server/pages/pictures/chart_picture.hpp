// server/pages/pictures/chart_picture.hpp: a chart as a picture of its own, for articles, mails and chats: it
// carries its words, its styles and where it is from.
#pragma once
#include <string>

#include "server/pages/pictures/caption.hpp"
#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/pictures/palette.hpp"

namespace outcry::pages {

struct PictureSize {
    int width = 0, height = 0;
};
inline constexpr PictureSize chart_size{800, 450};

/// A whole SVG document. `address` is printed below the chart, without its scheme.
std::string draw_chart_picture(const Caption&, const Chart&, const std::string& address, const Palette&,
                               const Words&);

/// A policy for the document when it is opened by itself: nothing but the style it carries.
std::string chart_picture_policy(const Palette&);

}  // namespace outcry::pages
