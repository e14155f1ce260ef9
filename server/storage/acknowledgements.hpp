// server/storage/acknowledgements.hpp: who has said of an incident "I see it".
#pragma once
#include <optional>
#include <string>

#include "server/storage/incidents.hpp"

namespace outcry::storage {

struct Acknowledgement {
    std::string by_whom, note;
    Time at{};
};

/// False when somebody was first.
bool acknowledge(Transaction&, const IncidentId&, const Acknowledgement&);
std::optional<Acknowledgement> load_acknowledgement(Transaction&, const IncidentId&);

}  // namespace outcry::storage
