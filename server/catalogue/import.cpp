// server/catalogue/import.cpp: one transaction from the file to the tables.
#include "server/catalogue/import.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "server/live/zones.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/catalogue_lock.hpp"
#include "server/storage/services.hpp"

namespace outcry::catalogue {
namespace {

constexpr std::string_view ended_with_service = "the service was archived";

struct Stored {
    std::map<std::string, storage::Service> by_slug;
    std::map<storage::ServiceId, std::string> slugs;

    std::string parent_of(const storage::Service& service) const {
        const auto found = service.parent ? slugs.find(*service.parent) : slugs.end();
        return found == slugs.end() ? std::string{} : found->second;
    }
    std::string text_of(const storage::Service& service) const {
        return format_service(service, parent_of(service));
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

void note(storage::Transaction& tx, const ImportOptions& options, const char* action, const std::string& slug,
          std::optional<std::string> before, std::optional<std::string> after, Time now) {
    storage::write_audit(tx,
                         {.actor = options.actor,
                          .action = action,
                          .object = "service " + slug,
                          .before = std::move(before),
                          .after = std::move(after),
                          .why = options.why},
                         now);
}

void put(storage::Transaction& tx, Stored& stored, CatalogueEntry entry, const ImportOptions& options,
         Time now) {
    auto& service = entry.service;
    if (!entry.parent.empty()) service.parent = stored.by_slug.at(entry.parent).id;
    const auto before = stored.by_slug.find(service.slug);
    const bool known = before != stored.by_slug.end();
    const auto text_before = known ? std::optional{stored.text_of(before->second)} : std::nullopt;
    const auto saved = known ? before->second.settings : service.settings;
    service.settings = entry.detector.over(saved);

    service.id = storage::put_service(tx, service, now);
    if (service.settings != saved) {
        const auto why = options.why.empty() ? std::string("import") : options.why;
        storage::put_settings(tx, service.id, service.settings, why, now, options.actor);
    }
    stored.slugs[service.id] = service.slug;
    stored.by_slug.insert_or_assign(service.slug, service);
    note(tx, options, known ? "service.edit" : "service.add", service.slug, text_before,
         stored.text_of(service), now);
}

/// What a pruning import archives can be no parent of what it keeps.
void check_parents(std::string_view file, const std::vector<CatalogueEntry>& entries) {
    std::set<std::string> named;
    for (const auto& entry : entries) named.insert(entry.service.slug);
    for (const auto& entry : entries)
        if (!entry.parent.empty() && !named.contains(entry.parent))
            throw error_at(
                file, entry, "parent",
                "its parent \"" + entry.parent +
                    "\" is not in the file, and would be archived like everything else that is not; add it");
}

void check(std::string_view file, const CatalogueEntry& entry, const ImportOptions& options) {
    if (options.only && entry.service.slug != *options.only)
        throw error_at(file, entry, "slug", "this address is for \"" + *options.only + "\"");
    if (!live::is_zone(entry.service.zone))
        throw error_at(
            file, entry, "zone",
            "there is no zone \"" + entry.service.zone + "\"; take an IANA name such as Europe/Berlin");
}

}  // namespace

std::vector<Change> import_file(storage::Transaction& tx, std::string_view file, const ImportOptions& options,
                                Time now) {
    storage::lock_catalogue(tx);
    auto stored = load(tx);
    std::map<std::string, std::string> parents;
    for (const auto& [slug, service] : stored.by_slug) parents[slug] = stored.parent_of(service);
    auto entries = parse_catalogue(file, parents);
    for (const auto& entry : entries) check(file, entry, options);
    if (options.prune) check_parents(file, entries);

    std::vector<Change> changes;
    auto unnamed = parents;
    for (auto& entry : entries) {
        const auto& slug = entry.service.slug;
        unnamed.erase(slug);
        const auto before = stored.by_slug.find(slug);
        const auto what = before == stored.by_slug.end()
                              ? std::string("added")
                              : difference(before->second, stored.parent_of(before->second), entry);
        changes.push_back({slug, what});
        if (!options.dry_run && !what.empty()) put(tx, stored, std::move(entry), options, now);
    }
    for (const auto& [slug, parent] : unnamed) {
        if (!options.prune) break;
        changes.push_back({slug, "archived"});
        if (!options.dry_run) archive(tx, slug, options.actor, options.why, now);
    }
    return changes;
}

bool archive(storage::Transaction& tx, const std::string& slug, const std::string& actor,
             const std::string& why, Time now) {
    const auto stored = load(tx);
    const auto found = stored.by_slug.find(slug);
    if (found == stored.by_slug.end()) return false;
    const auto ended = storage::archive_service(tx, slug, now);
    note(tx, {.actor = actor, .why = why}, "service.archive", slug, stored.text_of(found->second), std::nullopt,
         now);
    for (const auto& incident : ended)
        storage::write_audit(tx,
                             {.actor = actor,
                              .action = "incident.close",
                              .object = "incident " + incident + " of " + slug,
                              .after = R"({"done":"close","with":"service"})",
                              .why = why.empty() ? std::string(ended_with_service) : why},
                             now);
    return true;
}

std::string export_file(storage::Transaction& tx) {
    return format_catalogue(storage::load_services(tx));
}

std::optional<std::string> export_service(storage::Transaction& tx, const std::string& slug) {
    const auto stored = load(tx);
    const auto found = stored.by_slug.find(slug);
    return found == stored.by_slug.end() ? std::nullopt : std::optional{stored.text_of(found->second)};
}

}  // namespace outcry::catalogue
