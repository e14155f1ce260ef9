// server/pages/search_page.hpp: the answer to a search: what was meant, or what comes near.
#pragma once
#include <string>
#include <vector>

#include "server/pages/brief.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// `exact`: the first of `found` contains what was typed; otherwise all of them only resemble it.
std::string render_search(const std::string& query, const std::vector<Brief>& found, bool exact,
                          std::size_t services, const Renderer&);

}  // namespace outcry::pages
