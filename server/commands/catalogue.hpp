// server/commands/catalogue.hpp: the catalogue that comes with Outcry, and imports from a command line.
#pragma once
#include <string>
#include <string_view>

#include "server/catalogue/import.hpp"

namespace outcry::commands {

/// One import in a transaction of its own.
std::vector<catalogue::Change> import_catalogue(storage::Database&, std::string_view file,
                                                catalogue::ImportOptions);

/// The catalogue that comes with Outcry.
std::string_view starter_catalogue();

/// Imports the starter catalogue when there is not one service yet; how many came in.
std::size_t import_starter_catalogue(storage::Database&);

}  // namespace outcry::commands
