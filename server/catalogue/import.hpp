// server/catalogue/import.hpp: a catalogue file becomes what is stored, every change with its audit line.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/catalogue/catalogue_file.hpp"
#include "server/storage/database.hpp"

namespace outcry::catalogue {

/// What an import did, or would do, to one service.
struct Change {
    std::string slug;
    std::string what;  // "added", "archived", or the fields that changed; empty: nothing
};

struct ImportOptions {
    bool dry_run = false;
    bool prune = false;                 // archive what the file does not name
    std::string actor;                  // for the audit log
    std::string why = {};               // the same; may be empty
    std::optional<std::string> only{};  // the file may name this service alone
};

/// Adds and changes the services that the file names. Doing the same again changes nothing. Throws
/// CatalogueError, and then nothing is changed.
std::vector<Change> import_file(storage::Transaction&, std::string_view file, const ImportOptions&, Time now);

/// Takes a service off the pages; false when there is none. Its open incident ends, which is told and has its
/// own line in the audit log. Its children show no parent until it comes back.
bool archive(storage::Transaction&, const std::string& slug, const std::string& actor, const std::string& why,
             Time now);

/// Every service as a file.
std::string export_file(storage::Transaction&);
/// One service as in the file; nothing when there is none.
std::optional<std::string> export_service(storage::Transaction&, const std::string& slug);

}  // namespace outcry::catalogue
