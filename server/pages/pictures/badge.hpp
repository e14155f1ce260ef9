// server/pages/pictures/badge.hpp: a service's state as the small badge that README files and status pages
// show.
#pragma once
#include <string>

#include "server/pages/words.hpp"

namespace outcry::pages {

/// What a badge says: a name, and names of states such as "spike". `also`: what reports say meanwhile; empty,
/// or "spike" beside "maintenance".
struct Badge {
    std::string name, state, also{};
};

/// A whole SVG document, 28 units high, as wide as its words.
std::string draw_badge(const Badge&, const Words&);

/// The same for shields.io (its endpoint schema, version 1).
std::string badge_json(const Badge&, const Words&);

}  // namespace outcry::pages
