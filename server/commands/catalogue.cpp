// server/commands/catalogue.cpp: one transaction from the file to the tables.
#include "server/commands/catalogue.hpp"

#include <map>

#include "server/commands/catalogue_file.hpp"
#include "server/live/zones.hpp"
#include "server/storage/services.hpp"
#include "starter_catalogue.hpp"

namespace outcry::commands {
namespace {

struct Stored {
    std::map<std::string, storage::Service> by_slug;
    std::map<storage::ServiceId, std::string> slugs;

    std::string parent_of(const storage::Service& service) const {
        const auto found = service.parent ? slugs.find(*service.parent) : slugs.end();
        return found == slugs.end() ? std::string{} : found->second;
    }
};

Stored load(storage::Transaction& tx) {
    Stored stored;
    for (auto& service : storage::load_services(tx)) {
        stored.slugs[service.id] = service.slug;
        stored.by_slug.emplace(service.slug, std::move(service));
    }
    return stored;
}

void put(storage::Transaction& tx, Stored& stored, CatalogueEntry entry, Time now) {
    if (!entry.parent.empty()) entry.service.parent = stored.by_slug.at(entry.parent).id;
    entry.service.id = storage::put_service(tx, entry.service, now);
    const auto before = stored.by_slug.find(entry.service.slug);
    const bool new_settings = before != stored.by_slug.end() && entry.names_settings &&
                              before->second.settings != entry.service.settings;
    if (new_settings) storage::put_settings(tx, entry.service.id, entry.service.settings, "import", now);
    stored.by_slug.insert_or_assign(entry.service.slug, entry.service);
}

}  // namespace

std::vector<CatalogueChange> import_catalogue(storage::Database& database, std::string_view file,
                                              bool dry_run) {
    return database.run([&](storage::Transaction& tx) {
        auto stored = load(tx);
        std::vector<std::string> known;
        for (const auto& [slug, service] : stored.by_slug) known.push_back(slug);
        const auto now = storage::database_time(tx);
        std::vector<CatalogueChange> changes;
        for (auto& entry : parse_catalogue(file, known)) {
            if (!live::is_zone(entry.service.zone))
                throw CatalogueError(entry.service.slug + ": there is no zone \"" + entry.service.zone +
                                     "\"; take an IANA name such as Europe/Berlin");
            const auto before = stored.by_slug.find(entry.service.slug);
            const auto what = before == stored.by_slug.end()
                                  ? std::string("added")
                                  : difference(before->second, stored.parent_of(before->second), entry);
            changes.push_back({entry.service.slug, what});
            if (!dry_run && !what.empty()) put(tx, stored, std::move(entry), now);
        }
        return changes;
    });
}

std::string_view starter_catalogue() {
    return data::catalogue;
}

std::size_t import_starter_catalogue(storage::Database& database) {
    const bool empty =
        database.run([](storage::Transaction& tx) { return storage::load_services(tx).empty(); });
    return empty ? import_catalogue(database, starter_catalogue(), false).size() : 0;
}

}  // namespace outcry::commands
