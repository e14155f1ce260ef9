// server/pages/place.cpp: see the header.
#include "server/pages/place.hpp"

namespace outcry::pages {

Markup place_sentence(const analytics::Incident& incident, const Words& words) {
    if (incident.region == analytics::RegionKey::none) return {};
    return {" " + words.markup("incident.place", {{"region", analytics::region_code(incident.region)}}).html};
}

}  // namespace outcry::pages
