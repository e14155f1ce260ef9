// server/storage/services.hpp: the catalogue: services, their problem categories, their detector settings.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analytics/bin.hpp"
#include "analytics/verdict.hpp"
#include "server/storage/database.hpp"

namespace outcry::storage {

using analytics::ServiceId;
using CategoryId = std::int32_t;

struct Category {
    CategoryId id{};
    std::string key;    // "login"
    std::string label;  // "Signing in"
    friend bool operator==(const Category&, const Category&) = default;
};

struct Service {
    ServiceId id{};
    std::string slug, name;
    std::string group;         // "Mail and office"
    std::string homepage;      // may be empty
    std::string status_page;   // the provider's own; may be empty
    std::string provider;      // who speaks officially ("Microsoft"); may be empty
    std::string zone = "UTC";  // IANA
    std::optional<ServiceId> parent;
    std::vector<std::string> aliases;
    std::vector<std::int64_t> networks;  // its own autonomous systems, by number
    std::vector<Category> categories;    // in the order they are offered
    analytics::DetectorSettings settings;
    std::int32_t settings_version = 1;
    Time created{};
};

/// Every service that is not archived, ordered by name.
std::vector<Service> load_services(Transaction&);
/// Those that are archived: id, slug, name, group and parent alone.
std::vector<Service> load_archived_services(Transaction&);
/// The service of this slug, also one that is archived.
std::optional<ServiceId> find_service_id(Transaction&, const std::string& slug);
/// Rises with every change of the catalogue or of settings; cheap to poll.
std::int64_t catalogue_version(Transaction&);

/// One version of the settings of a service; it holds for the bins that start at `since` or later.
struct SettingsVersion {
    ServiceId service{};
    std::int32_t version = 1;
    Minute since{};
    analytics::DetectorSettings settings = {};
};
/// For each service the versions that hold for any bin from `from` on, oldest first; services in order of id.
std::vector<SettingsVersion> load_settings_history(Transaction&, Minute from);
/// Every version there has been of one service, oldest first.
std::vector<SettingsVersion> load_settings_of(Transaction&, ServiceId);

/// A version with its story.
struct SettingsEntry {
    SettingsVersion version;
    std::string note, by_whom;  // may be empty
    Time made{};
};
/// Every version of one service, newest first; the first one holds.
std::vector<SettingsEntry> load_settings_log(Transaction&, ServiceId);

/// Of an archived service too; empty when there is none.
std::string slug_of(Transaction&, ServiceId);

/// Until this transaction ends nobody else locks the service. Call it before reading what is to be changed.
void lock_service(Transaction&, ServiceId);

/// Inserts or updates by slug (parent by slug first); categories not named are retired, never deleted; an
/// archived one comes back. `settings` become version 1 of a new service and are not looked at again. Returns
/// the id.
ServiceId put_service(Transaction&, const Service&, Time now);
/// Takes a service off the pages. Its open incident ends with it, for that reason; returns the ids of what
/// ended. Throws std::invalid_argument when there is no such service.
std::vector<std::string> archive_service(Transaction&, const std::string& slug, Time now);

/// A new version of the settings of a service; the old ones stay. It holds from the first bin that starts after
/// `now`. Returns the version.
std::int32_t put_settings(Transaction&, ServiceId, const analytics::DetectorSettings&, const std::string& note,
                          Time now, const std::string& by_whom = {});

}  // namespace outcry::storage
