// server/pages/home_page.hpp: the home page as HTML.
#pragma once
#include <string>

#include "server/pages/home_view.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

std::string render_home(const HomeView&, const Renderer&);

/// What every page with a search field needs in its data.
void set_find(Data&, const Renderer&, std::size_t services, const std::string& query);
/// A row of a list: name, address, state and its word.
Data make_row(const Brief&, const Renderer&);

}  // namespace outcry::pages
