// server/catalogue/catalogue_file.hpp: the catalogue as one JSON file that people edit and keep in git.
#pragma once
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::catalogue {

/// One service as the file has it. Ids are the database's and stay empty; the parent is named by its slug.
struct CatalogueEntry {
    storage::Service service;
    std::string parent;           // slug; empty: none
    bool names_settings = false;  // the file says how to detect; otherwise what is stored stays
    std::string pointer;          // where it stands in the file, as a JSON pointer
};

/// What is wrong with the file, and where: "line 3, column 7, services[12] (gmail): …".
struct CatalogueError : std::runtime_error {
    CatalogueError(const std::string& sentence, std::string at, std::string what)
        : std::runtime_error(sentence), pointer(std::move(at)), detail(std::move(what)) {}
    std::string pointer;  // JSON pointer to the field, or to the service that lacks it; empty: the file
    std::string detail;   // the same without the place
};

/// The error for what is found wrong of an entry after reading; `field` may be empty.
CatalogueError error_at(std::string_view text, const CatalogueEntry&, const std::string& field,
                        const std::string& what);

/// Reads {"category_sets": {name: [{key, label}]}, "services": [{slug, name, group, homepage, status_page,
/// provider, zone, parent, aliases, networks, categories: "set" or [{key, label}], detector: {…}}]}. Unknown
/// fields, two services of one slug, unknown parents and parents in a circle are refused. The result is ordered
/// so that a parent comes before its children. `stored` are the services that exist already, by slug, each with
/// the slug of its parent: they may be parents too, and close no circle with the file.
std::vector<CatalogueEntry> parse_catalogue(std::string_view text,
                                            const std::map<std::string, std::string>& stored = {});

/// The same shape, one service a line, so that a difference in git reads well.
std::string format_catalogue(const std::vector<storage::Service>&);

/// How one stored service and one entry differ, as words ("name, categories"); empty: not at all.
std::string difference(const storage::Service& stored, const std::string& stored_parent, const CatalogueEntry&);

/// One service as JSON text, as in the file.
std::string format_service(const storage::Service&, const std::string& parent);

}  // namespace outcry::catalogue
