// server/api/csv.hpp: what leaves the API as comma-separated values, for spreadsheets.
#pragma once
#include <string>

#include "server/api/json.hpp"

namespace outcry::api {

/// A header line, then one line a step; a count that is not told is an empty cell.
std::string series_csv(const Series&);

}  // namespace outcry::api
