// server/live/zones.hpp: IANA zones as the system knows them, turned into plain offsets for pure code.
#pragma once
#include <memory>
#include <string>

#include "analytics/zone.hpp"

namespace outcry::live {

/// True when the system's tzdata has a zone of that name.
bool is_zone(const std::string& name);

/// Its offsets from a year before `now` to three years after; null when there is no such zone.
std::shared_ptr<const analytics::ZoneOffsets> load_zone(const std::string& name, Time now);

}  // namespace outcry::live
