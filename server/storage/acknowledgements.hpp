// server/storage/acknowledgements.hpp: who has said of an incident "I see it".
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/incidents.hpp"

namespace outcry::storage {

struct Acknowledgement {
    std::string by_whom, note;
    Time at{};
};

/// False when somebody was first.
bool acknowledge(Transaction&, const IncidentId&, const Acknowledgement&);
/// Of those incidents that somebody has seen.
std::map<IncidentId, Acknowledgement> load_acknowledgements(Transaction&, const std::vector<IncidentId>&);
std::optional<Acknowledgement> load_acknowledgement(Transaction&, const IncidentId&);

}  // namespace outcry::storage
