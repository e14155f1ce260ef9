// server/storage/new_id.hpp: identifiers of our own making.
#pragma once
#include <string>

#include "analytics/time.hpp"

namespace outcry::storage {

/// A UUIDv7 as text: in order of time, and nobody can guess the next.
std::string new_id(Time at);

}  // namespace outcry::storage
