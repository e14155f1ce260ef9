// server/catalogue/catalogue_file.hpp: the catalogue as one JSON file that people edit and keep in git.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/catalogue/fields.hpp"
#include "server/storage/services.hpp"

namespace outcry::catalogue {

/// Detector settings that the file names; what it does not name stays as it is saved.
struct NamedSettings {
    std::optional<double> false_alarms_per_year{};
    std::optional<std::uint32_t> least_reports{};
    std::optional<std::chrono::minutes> hold{}, clear{};

    analytics::DetectorSettings over(analytics::DetectorSettings saved) const;
};

/// One service as the file has it. Ids are the database's and stay empty; the parent is named by its slug.
struct CatalogueEntry {
    storage::Service service;
    std::string parent;      // slug; empty: none
    NamedSettings detector;  // `service` has them over the usual ones
    std::string pointer;     // where it stands in the file, as a JSON pointer
};

/// The error for what is found wrong of an entry after reading; `field` may be empty.
CatalogueError error_at(std::string_view text, const CatalogueEntry&, const std::string& field,
                        const std::string& what);

/// Reads {"category_sets": {name: [{key, label}]}, "services": [{slug, name, group, homepage, status_page,
/// provider, zone, parent, aliases, networks, categories: "set" or [{key, label}], detector: {…}}]}. Unknown
/// fields, names that are there twice, two services of one slug, unknown parents and parents in a circle are
/// refused; null is as good as left out. The result is ordered
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
