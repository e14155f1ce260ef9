// server/feeder/catalogue.hpp: asks an instance what it knows of a service.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/feeder/target.hpp"

namespace outcry::feeder {

/// The keys of the categories that the service offers; nothing when the instance does not have the service.
/// Blocks. Throws std::runtime_error with a sentence when the instance does not answer, or not as Outcry does.
std::optional<std::vector<std::string>> fetch_categories(const Target&, const std::string& slug);

}  // namespace outcry::feeder
