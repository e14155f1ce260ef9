// server/storage/services.cpp: the catalogue, row by row.
#include "server/storage/services.hpp"

#include <stdexcept>

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

/// From columns 3 to 6 of a settings row.
analytics::DetectorSettings settings_from(const pqxx::row& row) {
    return {.false_alarms_per_year = row[3].as<double>(),
            .least_reports = row[4].as<std::uint32_t>(),
            .hold = std::chrono::minutes{row[5].as<int>()},
            .clear = std::chrono::minutes{row[6].as<int>()}};
}

SettingsVersion version_from(const pqxx::row& row) {
    return {.service = row[0].as<ServiceId>(),
            .version = row[1].as<std::int32_t>(),
            .since = minute_from(row[2]),
            .settings = settings_from(row)};
}

std::vector<SettingsVersion> versions_from(const pqxx::result& rows) {
    std::vector<SettingsVersion> versions;
    for (const auto& row : rows) versions.push_back(version_from(row));
    return versions;
}

std::vector<std::int64_t> numbers_from(const std::string& joined) {
    std::vector<std::int64_t> numbers;
    for (const auto& number : split(joined)) numbers.push_back(std::stoll(number));
    return numbers;
}

std::string text_array(const std::vector<Category>& categories, std::string Category::*field) {
    ArrayText array;
    for (const auto& category : categories) array.add(std::string_view{category.*field});
    return array.str();
}

}  // namespace

std::vector<Service> load_services(Transaction& tx) {
    std::vector<Service> services;
    std::unordered_map<ServiceId, std::size_t> place;
    for (const auto& row : tx.exec(sql::load_services)) {
        Service service;
        service.id = row[0].as<ServiceId>();
        service.slug = text_from(row[1]);
        service.name = text_from(row[2]);
        service.group = text_from(row[3]);
        service.homepage = text_from(row[4]);
        service.status_page = text_from(row[5]);
        service.provider = text_from(row[6]);
        service.zone = text_from(row[7]);
        if (!row[8].is_null()) service.parent = row[8].as<ServiceId>();
        service.aliases = split(text_from(row[9]));
        service.created = time_from(row[10]);
        service.networks = numbers_from(text_from(row[11]));
        place[service.id] = services.size();
        services.push_back(std::move(service));
    }
    for (const auto& row : tx.exec(sql::load_categories)) {
        const auto found = place.find(row[0].as<ServiceId>());
        if (found == place.end()) continue;
        services[found->second].categories.push_back(
            {.id = row[1].as<CategoryId>(), .key = text_from(row[2]), .label = text_from(row[3])});
    }
    for (const auto& row : tx.exec(sql::load_current_settings)) {
        const auto found = place.find(row[0].as<ServiceId>());
        if (found == place.end()) continue;
        auto& service = services[found->second];
        service.settings_version = row[1].as<std::int32_t>();
        service.settings = settings_from(row);
    }
    return services;
}

std::vector<Service> load_archived_services(Transaction& tx) {
    std::vector<Service> services;
    for (const auto& row : tx.exec(sql::load_archived_services)) {
        auto& service = services.emplace_back();
        service.id = row[0].as<ServiceId>();
        service.slug = text_from(row[1]);
        service.name = text_from(row[2]);
        service.group = text_from(row[3]);
        if (!row[4].is_null()) service.parent = row[4].as<ServiceId>();
    }
    return services;
}

std::optional<ServiceId> find_service_id(Transaction& tx, const std::string& slug) {
    const auto rows = tx.exec(sql::find_service_id, slug);
    return rows.empty() ? std::nullopt : std::optional{rows[0][0].as<ServiceId>()};
}

std::vector<SettingsVersion> load_settings_history(Transaction& tx, Minute from) {
    return versions_from(tx.exec(sql::load_settings_history, seconds(from)));
}

std::vector<SettingsVersion> load_settings_of(Transaction& tx, ServiceId service) {
    return versions_from(tx.exec(sql::load_settings_of, service));
}

std::vector<SettingsEntry> load_settings_log(Transaction& tx, ServiceId service) {
    std::vector<SettingsEntry> log;
    for (const auto& row : tx.exec(sql::load_settings_log, service))
        log.push_back({.version = version_from(row),
                       .note = text_from(row[7]),
                       .by_whom = text_from(row[8]),
                       .made = time_from(row[9])});
    return log;
}

std::string slug_of(Transaction& tx, ServiceId service) {
    const auto rows = tx.exec(sql::find_slug, service);
    return rows.empty() ? std::string{} : text_from(rows[0][0]);
}

void lock_service(Transaction& tx, ServiceId service) {
    tx.exec(sql::lock_service, service);
}

std::int64_t catalogue_version(Transaction& tx) {
    return tx.exec(sql::catalogue_version)[0][0].as<std::int64_t>();
}

ServiceId put_service(Transaction& tx, const Service& service, Time now) {
    ArrayText aliases;
    for (const auto& alias : service.aliases) aliases.add(std::string_view{alias});
    ArrayText networks;
    for (const auto number : service.networks) networks.add(number);
    const auto parent = service.parent ? std::to_string(*service.parent) : std::string{};
    const char* const parent_or_null = service.parent ? parent.c_str() : nullptr;
    tx.exec(sql::put_service, service.slug, service.name, service.group, service.homepage, service.status_page,
            service.provider, service.zone, parent_or_null, aliases.str(), millis(now), networks.str());
    const auto id = tx.exec(sql::find_service_id, service.slug)[0][0].as<ServiceId>();

    const auto keys = text_array(service.categories, &Category::key);
    tx.exec(sql::put_categories, id, keys, text_array(service.categories, &Category::label));
    tx.exec(sql::retire_categories, id, keys, millis(now));
    if (tx.exec(sql::count_settings, id)[0][0].as<int>() == 0) put_settings(tx, id, service.settings, {}, now);
    return id;
}

std::vector<std::string> archive_service(Transaction& tx, const std::string& slug, Time now) {
    std::vector<std::string> ended;
    if (tx.exec(sql::archive_service, slug, millis(now)).affected_rows() == 0) {
        if (!find_service_id(tx, slug)) throw std::invalid_argument("There is no service \"" + slug + "\".");
        return ended;
    }
    for (const auto& row : tx.exec(sql::load_open_incidents_of, slug)) {
        const auto id = text_from(row[0]);
        end_incident(tx, id, "archive", now);  // on every board too, should the service come back
        if (close_incident(tx, id, Ending::archived, now)) ended.push_back(id);
    }
    return ended;
}

std::int32_t put_settings(Transaction& tx, ServiceId service, const analytics::DetectorSettings& settings,
                          const std::string& note, Time now, const std::string& by_whom) {
    const auto since = std::chrono::ceil<std::chrono::minutes>(now);
    const auto made = tx.exec(sql::put_settings, service, seconds(since), exact(settings.false_alarms_per_year),
                              settings.least_reports, settings.hold.count(), settings.clear.count(), note,
                              by_whom, millis(now));
    return made[0][0].as<std::int32_t>();
}

}  // namespace outcry::storage
