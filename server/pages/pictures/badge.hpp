// server/pages/pictures/badge.hpp: a service's state as the small badge that README files and status pages
// show.
#pragma once
#include <string>

#include "server/pages/words.hpp"

namespace outcry::pages {

/// A whole SVG document, 28 units high, as wide as its words. `state` is a name such as "spike".
std::string draw_badge(const std::string& name, const std::string& state, const Words&);

/// The same for shields.io (its endpoint schema, version 1).
std::string badge_json(const std::string& name, const std::string& state, const Words&);

}  // namespace outcry::pages
