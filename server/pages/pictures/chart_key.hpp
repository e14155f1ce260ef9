// server/pages/pictures/chart_key.hpp: what the marks of a chart mean.
#pragma once
#include "server/pages/pictures/chart_svg.hpp"

namespace outcry::pages {

/// The items of a list, for what is on this chart alone.
Markup draw_key(const Chart&, const Words&);

}  // namespace outcry::pages
