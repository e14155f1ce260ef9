// server/storage/incident_index.hpp: which incidents there are, without what they were; for sitemaps.
#pragma once
#include <cstdint>
#include <vector>

#include "server/storage/incidents.hpp"

namespace outcry::storage {

struct IncidentMention {
    IncidentId id;
    Time changed{};
};

std::uint64_t count_incidents(Transaction&);
/// Oldest first, at most `limit` after the first `skip`; a place in this order never changes.
std::vector<IncidentMention> load_incident_index(Transaction&, std::uint64_t skip, int limit);

}  // namespace outcry::storage
