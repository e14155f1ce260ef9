// server/catalogue/catalogue_writing.cpp: the file's way out, one service a line.
#include <map>
#include <nlohmann/json.hpp>

#include "server/catalogue/catalogue_file.hpp"

namespace outcry::catalogue {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const storage::Service& service, const std::string& parent) {
    Json object{{"slug", service.slug}, {"name", service.name}, {"group", service.group}};
    const auto add = [&](const char* field, const std::string& text) {
        if (!text.empty()) object[field] = text;
    };
    add("homepage", service.homepage);
    add("status_page", service.status_page);
    add("provider", service.provider);
    if (service.zone != "UTC") object["zone"] = service.zone;
    add("parent", parent);
    if (!service.aliases.empty()) object["aliases"] = service.aliases;
    if (!service.networks.empty()) object["networks"] = service.networks;
    auto categories = Json::array();
    for (const auto& category : service.categories)
        categories.push_back({{"key", category.key}, {"label", category.label}});
    object["categories"] = std::move(categories);
    if (service.settings != analytics::DetectorSettings{})
        object["detector"] = {{"false_alarms_per_year", service.settings.false_alarms_per_year},
                              {"least_reports", service.settings.least_reports},
                              {"hold_minutes", service.settings.hold.count()},
                              {"clear_minutes", service.settings.clear.count()}};
    return object;
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string format_catalogue(const std::vector<storage::Service>& services) {
    std::map<storage::ServiceId, std::string> slugs;
    for (const auto& service : services) slugs[service.id] = service.slug;
    std::string text = "{\"services\": [\n";
    for (const auto& service : services) {
        text += format_service(service, service.parent ? slugs[*service.parent] : "");
        text += &service == &services.back() ? "\n" : ",\n";
    }
    return text + "]}\n";
}

std::string format_service(const storage::Service& service, const std::string& parent) {
    return dump(json_of(service, parent));
}

std::string difference(const storage::Service& stored, const std::string& stored_parent,
                       const CatalogueEntry& entry) {
    auto wanted = entry.service;
    wanted.settings = entry.detector.over(stored.settings);
    const auto before = json_of(stored, stored_parent), after = json_of(wanted, entry.parent);
    std::string words;
    for (const char* field : {"name", "group", "homepage", "status_page", "provider", "zone", "parent",
                              "aliases", "networks", "categories", "detector"})
        if (before.value(field, Json{}) != after.value(field, Json{}))
            words += (words.empty() ? "" : ", ") + std::string(field);
    return words;
}

}  // namespace outcry::catalogue
