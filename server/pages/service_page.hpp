// server/pages/service_page.hpp: the page of one service as HTML.
#pragma once
#include <string>

#include "server/pages/renderer.hpp"
#include "server/pages/service_view.hpp"

namespace outcry::pages {

std::string render_service(const ServiceView&, const Renderer&);

/// Fills has_problems and problems.
void set_problems(Data&, const std::vector<Problem>&, const Words&);

}  // namespace outcry::pages
