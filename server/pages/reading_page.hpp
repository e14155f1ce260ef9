// server/pages/reading_page.hpp: the pages that are read: how we count, and privacy. Their text is in the
// catalogue.
#pragma once
#include <string>
#include <string_view>

#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// `key` is "method" or "privacy".
std::string render_reading(std::string_view key, const Renderer&);

}  // namespace outcry::pages
