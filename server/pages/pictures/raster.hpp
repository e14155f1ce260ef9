// server/pages/pictures/raster.hpp: an SVG document of ours as PNG.
#pragma once
#include <string>

namespace outcry::pages {

/// `width` × `height` pixels; the drawing is scaled to fit. Blocks for some tens of milliseconds: the painter
/// calls it. Throws std::runtime_error when the document cannot be drawn.
std::string draw_png(const std::string& svg, int width, int height);

}  // namespace outcry::pages
