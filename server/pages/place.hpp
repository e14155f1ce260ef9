// server/pages/place.hpp: the sentence that says where most of an incident's excess comes from.
#pragma once
#include "analytics/incident.hpp"
#include "server/pages/words.hpp"

namespace outcry::pages {

/// Begins with a space, to follow another sentence; empty when the incident is no region's alone.
Markup place_sentence(const analytics::Incident&, const Words&);

}  // namespace outcry::pages
