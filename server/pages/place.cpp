// server/pages/place.cpp: see the header.
#include "server/pages/place.hpp"

#include "server/pages/place_names.hpp"

namespace outcry::pages {

Markup place_sentence(const analytics::Incident& incident, const Words& words) {
    if (incident.region == analytics::RegionKey::none) return {};
    const auto region = place_name(analytics::region_code(incident.region), words.language());
    return {" " + words.markup("incident.place", {{"region", region}}).html};
}

}  // namespace outcry::pages
