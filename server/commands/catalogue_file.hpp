// server/commands/catalogue_file.hpp: the catalogue as one JSON file that people edit and keep in git.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::commands {

/// One service as the file has it. Ids are the database's and stay empty; the parent is named by its slug.
struct CatalogueEntry {
    storage::Service service;
    std::string parent;           // slug; empty: none
    bool names_settings = false;  // the file says how to detect; otherwise what is stored stays
};

/// What is wrong with the file, and where: "line 3, column 7: …" or "services[12] (gmail): …".
struct CatalogueError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads {"category_sets": {name: [{key, label}]}, "services": [{slug, name, group, homepage, status_page,
/// provider, zone, parent, aliases, categories: "set" or [{key, label}], detector: {…}}]}. Unknown fields, two
/// services of one slug, unknown parents and parents in a circle are refused. The result is ordered so that a
/// parent comes before its children. `known` are slugs that exist already and may be parents too.
std::vector<CatalogueEntry> parse_catalogue(std::string_view text, const std::vector<std::string>& known = {});

/// The same shape, one service a line, so that a difference in git reads well.
std::string format_catalogue(const std::vector<storage::Service>&);

/// How one stored service and one entry differ, as words ("name, categories"); empty: not at all.
std::string difference(const storage::Service& stored, const std::string& stored_parent, const CatalogueEntry&);

/// One service as JSON text, as in the file.
std::string format_service(const storage::Service&, const std::string& parent);

}  // namespace outcry::commands
