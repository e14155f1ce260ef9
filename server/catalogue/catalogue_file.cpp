// server/catalogue/catalogue_file.cpp: reading, with every mistake named and found.
#include "server/catalogue/catalogue_file.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "ingest/text.hpp"
#include "server/catalogue/places.hpp"
#include "server/config/keys.hpp"

namespace outcry::catalogue {
namespace {

using Json = nlohmann::ordered_json;
using CategorySets = std::map<std::string, std::vector<storage::Category>>;

/// What an error is about: in words for people, as a pointer for programs and for finding the line.
struct Place {
    std::string words, pointer;
    Place field(std::string_view name) const {
        auto inside = pointer + '/';
        for (const char c : name) inside += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        return {words, inside};
    }
};

struct Mistake {
    Place place;
    std::string what;
};

[[noreturn]] void wrong(const Place& place, const std::string& what) {
    throw Mistake{place, what};
}

CatalogueError error_of(std::string_view text, const Mistake& mistake) {
    const auto spot = spot_at(text, offset_of(text, mistake.place.pointer));
    return {
        fmt::format("line {}, column {}, {}: {}", spot.line, spot.column, mistake.place.words, mistake.what),
        mistake.place.pointer, mistake.what};
}

Json parse_json(std::string_view text) {
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& problem) {
        const auto spot = spot_at(text, problem.byte == 0 ? 0 : problem.byte - 1);
        const std::string what = "this is no JSON; look for a missing comma, quote or bracket";
        throw CatalogueError(fmt::format("line {}, column {}: {}", spot.line, spot.column, what), "",
                             fmt::format("line {}, column {}: {}", spot.line, spot.column, what));
    }
}

void check_fields(const Json& object, const Place& where, std::vector<std::string_view> allowed) {
    if (!object.is_object()) wrong(where, "must be an object {…}");
    for (const auto& [name, value] : object.items()) {
        if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
        const auto near = config::nearest(name, allowed);
        wrong(where.field(name), fmt::format("there is no field \"{}\"{}", name,
                                             near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
    }
}

std::string text_of(const Json& object, const char* field, const Place& where, std::size_t most,
                    bool required = false) {
    const auto found = object.find(field);
    if (found == object.end() || found->is_null()) {
        if (required) wrong(where, fmt::format("\"{}\" is missing", field));
        return {};
    }
    if (!found->is_string()) wrong(where.field(field), fmt::format("\"{}\" must be a text", field));
    auto text = found->get<std::string>();
    if (required && text.empty()) wrong(where.field(field), fmt::format("\"{}\" is empty", field));
    if (text.size() > most)
        wrong(where.field(field), fmt::format("\"{}\" is longer than {} bytes", field, most));
    if (const auto flaw = text.empty() ? std::nullopt : ingest::flaw_in_name(text))
        wrong(where.field(field), fmt::format("\"{}\" {}", field, *flaw));
    return text;
}

bool is_key(const std::string& text) {
    static const std::regex shape("[a-z0-9]+(-[a-z0-9]+)*");
    return text.size() <= 64 && std::regex_match(text, shape);
}

std::string url_of(const Json& object, const char* field, const Place& where) {
    auto url = text_of(object, field, where, 500);
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://"))
        wrong(where.field(field), fmt::format("\"{}\" must begin with https:// or http://", field));
    return url;
}

std::vector<storage::Category> categories_from(const Json& list, const Place& where) {
    if (!list.is_array()) wrong(where, "categories are a list of {\"key\", \"label\"}, or the name of a set");
    std::vector<storage::Category> categories;
    std::set<std::string> seen;
    for (const auto& item : list) {
        const auto place = where.field(std::to_string(categories.size()));
        check_fields(item, place, {"key", "label"});
        storage::Category category;
        category.key = text_of(item, "key", place, 64, true);
        category.label = text_of(item, "label", place, 100, true);
        if (!is_key(category.key))
            wrong(place.field("key"),
                  fmt::format(
                      "category key \"{}\" must be lower-case letters and digits joined by single hyphens",
                      category.key));
        if (!seen.insert(category.key).second)
            wrong(place.field("key"), fmt::format("category \"{}\" is there twice", category.key));
        categories.push_back(std::move(category));
    }
    return categories;
}

double number_of(const Json& object, const char* field, double fallback, double least, double most,
                 const Place& where) {
    const auto found = object.find(field);
    if (found == object.end()) return fallback;
    if (!found->is_number()) wrong(where.field(field), fmt::format("\"{}\" must be a number", field));
    const auto value = found->get<double>();
    if (!(value >= least && value <= most))
        wrong(where.field(field),
              fmt::format("\"{}\" lies between {} and {}, not {}", field, least, most, value));
    return value;
}

analytics::DetectorSettings settings_from(const Json& object, const Place& where) {
    check_fields(object, where, {"false_alarms_per_year", "least_reports", "hold_minutes", "clear_minutes"});
    analytics::DetectorSettings settings;
    settings.false_alarms_per_year =
        number_of(object, "false_alarms_per_year", settings.false_alarms_per_year, 0.05, 366, where);
    settings.least_reports = static_cast<std::uint32_t>(
        number_of(object, "least_reports", settings.least_reports, 1, 100'000, where));
    settings.hold = std::chrono::minutes{static_cast<int>(number_of(object, "hold_minutes", 0, 0, 60, where))};
    settings.clear =
        std::chrono::minutes{static_cast<int>(number_of(object, "clear_minutes", 30, 1, 1'440, where))};
    return settings;
}

std::vector<std::int64_t> networks_from(const Json& list, const Place& where) {
    std::vector<std::int64_t> networks;
    const std::string rule = "\"networks\" must be a list of AS numbers, 1 to 4294967295, such as [64496]";
    if (!list.is_array()) wrong(where, rule);
    for (const auto& number : list) {
        const bool fits = number.is_number_integer() && number.get<std::int64_t>() >= 1 &&
                          number.get<std::int64_t>() <= 4'294'967'295;
        if (!fits) wrong(where.field(std::to_string(networks.size())), rule);
        networks.push_back(number.get<std::int64_t>());
    }
    return networks;
}

CatalogueEntry entry_from(const Json& object, const Place& where, const CategorySets& sets) {
    check_fields(object, where,
                 {"slug", "name", "group", "homepage", "status_page", "provider", "zone", "parent", "aliases",
                  "networks", "categories", "detector"});
    CatalogueEntry entry;
    entry.pointer = where.pointer;
    auto& service = entry.service;
    service.slug = text_of(object, "slug", where, 64, true);
    if (!is_key(service.slug))
        wrong(where.field("slug"),
              fmt::format("slug \"{}\" must be lower-case letters and digits joined by single hyphens",
                          service.slug));
    service.name = text_of(object, "name", where, 120, true);
    service.group = text_of(object, "group", where, 80);
    service.homepage = url_of(object, "homepage", where);
    service.status_page = url_of(object, "status_page", where);
    service.provider = text_of(object, "provider", where, 120);
    if (auto zone = text_of(object, "zone", where, 64); !zone.empty()) service.zone = std::move(zone);
    entry.parent = text_of(object, "parent", where, 64);
    if (const auto aliases = object.find("aliases"); aliases != object.end()) {
        if (!aliases->is_array()) wrong(where.field("aliases"), "\"aliases\" must be a list of texts");
        for (const auto& alias : *aliases) {
            if (!alias.is_string()) wrong(where.field("aliases"), "\"aliases\" must be a list of texts");
            service.aliases.push_back(alias.get<std::string>());
            if (const auto flaw = ingest::flaw_in_name(service.aliases.back()))
                wrong(where.field("aliases").field(std::to_string(service.aliases.size() - 1)),
                      fmt::format("an alias {}", *flaw));
        }
    }
    if (const auto networks = object.find("networks"); networks != object.end())
        service.networks = networks_from(*networks, where.field("networks"));
    if (const auto categories = object.find("categories"); categories != object.end()) {
        if (categories->is_string()) {
            const auto set = sets.find(categories->get<std::string>());
            if (set == sets.end())
                wrong(where.field("categories"),
                      fmt::format("there is no category set \"{}\"", categories->get<std::string>()));
            service.categories = set->second;
        } else {
            service.categories = categories_from(*categories, where.field("categories"));
        }
    }
    if (const auto detector = object.find("detector"); detector != object.end()) {
        service.settings = settings_from(*detector, where.field("detector"));
        entry.names_settings = true;
    }
    return entry;
}

Place place_of(const CatalogueEntry& entry, std::string_view field) {
    const Place whole{
        "services[" + entry.pointer.substr(entry.pointer.rfind('/') + 1) + "] (" + entry.service.slug + ")",
        entry.pointer};
    return field.empty() ? whole : whole.field(field);
}

/// Follows parents from each entry, through the file first and then what is stored.
void refuse_circles(const std::vector<CatalogueEntry>& entries, std::map<std::string, std::string> parents) {
    for (const auto& entry : entries) parents[entry.service.slug] = entry.parent;
    for (const auto& entry : entries) {
        std::string way = entry.service.slug;
        std::set<std::string> passed{entry.service.slug};
        for (auto at = entry.parent; !at.empty(); at = parents.at(at)) {
            way += " → " + at;
            if (!parents.contains(at))
                wrong(place_of(entry, "parent"),
                      fmt::format("its parent \"{}\" is neither in the file nor in the catalogue", at));
            if (at == entry.service.slug)
                wrong(place_of(entry, "parent"),
                      fmt::format("its parents go round in a circle ({}); take one of them out", way));
            if (!passed.insert(at).second)
                break;  // a circle that this one only leads to is told where it closes
        }
    }
}

/// Parents before children; there must be no circle.
std::vector<CatalogueEntry> parents_first(std::vector<CatalogueEntry> entries) {
    std::set<std::string> waiting;
    for (const auto& entry : entries) waiting.insert(entry.service.slug);
    std::vector<CatalogueEntry> ordered;
    while (!entries.empty()) {
        std::vector<CatalogueEntry> later;
        for (auto& entry : entries) {
            const bool ready = !waiting.contains(entry.parent);
            if (ready) waiting.erase(entry.service.slug);
            (ready ? ordered : later).push_back(std::move(entry));
        }
        entries = std::move(later);
    }
    return ordered;
}

std::vector<CatalogueEntry> entries_from(const Json& file) {
    const Place whole{"the file", ""};
    check_fields(file, whole, {"category_sets", "services"});
    CategorySets sets;
    if (const auto named = file.find("category_sets"); named != file.end()) {
        const auto place = Place{"category_sets", "/category_sets"};
        if (!named->is_object()) wrong(place, "must be an object {…}");
        for (const auto& [name, list] : named->items())
            sets[name] = categories_from(list, {"category_sets/" + name, "/category_sets/" + name});
    }
    const auto services = file.find("services");
    if (services == file.end() || !services->is_array())
        wrong(services == file.end() ? whole : whole.field("services"), "\"services\" must be a list");

    std::vector<CatalogueEntry> entries;
    std::map<std::string, std::size_t> seen;
    for (const auto& object : *services) {
        const auto number = entries.size();
        Place where{fmt::format("services[{}]", number), fmt::format("/services/{}", number)};
        if (object.is_object() && object.contains("slug") && object["slug"].is_string())
            where.words += fmt::format(" ({})", object["slug"].get<std::string>());
        entries.push_back(entry_from(object, where, sets));
        const auto [first, fresh] = seen.emplace(entries.back().service.slug, number);
        if (!fresh)
            wrong(where.field("slug"), fmt::format("services[{}] has this slug already", first->second));
    }
    return entries;
}

}  // namespace

std::vector<CatalogueEntry> parse_catalogue(std::string_view text,
                                            const std::map<std::string, std::string>& stored) {
    const auto file = parse_json(text);
    try {
        auto entries = entries_from(file);
        refuse_circles(entries, stored);
        return parents_first(std::move(entries));
    } catch (const Mistake& mistake) {
        throw error_of(text, mistake);
    }
}

CatalogueError error_at(std::string_view text, const CatalogueEntry& entry, const std::string& field,
                        const std::string& what) {
    return error_of(text, {place_of(entry, field), what});
}

}  // namespace outcry::catalogue
