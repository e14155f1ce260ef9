// server/pages/service_chart.hpp: what the chart of a service shows: its counts, incidents, work and
// statements.
#pragma once
#include <string>

#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/service_view.hpp"
#include "server/pages/words.hpp"

namespace outcry::pages {

/// At its present range.
Chart service_chart(const ServiceView&, const Words&);

/// What each column counts: "Reports per 15 minutes".
std::string counted_in(const ServiceView&, const Words&);

}  // namespace outcry::pages
