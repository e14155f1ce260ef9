// server/pages/service_page.hpp: the page of one service as HTML.
#pragma once
#include <string>

#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/renderer.hpp"
#include "server/pages/service_view.hpp"

namespace outcry::pages {

std::string render_service(const ServiceView&, const Renderer&);

/// The one plain sentence: how many, how many times the usual.
Markup service_sentence(const ServiceView&, const Words&);

/// What its chart shows, at its present range.
Chart service_chart(const ServiceView&, const Words&);

/// Fills has_problems and problems.
void set_problems(Data&, const std::vector<Problem>&, const Words&);

}  // namespace outcry::pages
