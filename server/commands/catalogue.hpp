// server/commands/catalogue.hpp: putting a catalogue file into the database.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::commands {

/// What an import did, or would do, to one service.
struct CatalogueChange {
    std::string slug;
    std::string what;  // "added", or the fields that changed; empty: nothing
};

/// Adds and changes the services that the file names, in one transaction; others stay as they are. With
/// `dry_run` it only says what would happen. Throws CatalogueError.
std::vector<CatalogueChange> import_catalogue(storage::Database&, std::string_view file, bool dry_run);

/// The catalogue that comes with Outcry.
std::string_view starter_catalogue();

/// Imports the starter catalogue when there is not one service yet; how many came in.
std::size_t import_starter_catalogue(storage::Database&);

}  // namespace outcry::commands
