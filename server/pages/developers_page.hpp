// server/pages/developers_page.hpp: what programs can ask this site for, with examples that work as they stand.
#pragma once
#include <string>

#include "server/live/catalogue.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// The examples name a service of this catalogue, so that they can be copied and tried.
std::string render_developers(const live::Catalogue&, const Renderer&);

}  // namespace outcry::pages
