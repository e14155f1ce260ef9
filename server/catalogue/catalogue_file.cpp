// server/catalogue/catalogue_file.cpp: reading, with every mistake named and found.
#include "server/catalogue/catalogue_file.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "server/catalogue/fields.hpp"

namespace outcry::catalogue {
namespace {

using Json = nlohmann::ordered_json;
using CategorySets = std::map<std::string, std::vector<storage::Category>>;

constexpr std::size_t most_aliases = 100, most_networks = 1000, most_categories = 100;

std::vector<storage::Category> categories_from(const Json& list, const Place& where) {
    check_list(list, "categories", "categories are a list of {\"key\", \"label\"}, or the name of a set",
               most_categories, where);
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
            wrong(place.field("key"),
                  fmt::format("category \"{}\" is there twice; take one of them out", category.key));
        categories.push_back(std::move(category));
    }
    return categories;
}

NamedSettings settings_from(const Json& object, const Place& where) {
    check_fields(object, where, {"false_alarms_per_year", "least_reports", "hold_minutes", "clear_minutes"});
    const auto number = [&](const char* field, double least, double most, bool whole) -> std::optional<double> {
        const auto* value = value_of(object, field);
        if (!value) return std::nullopt;
        return number_of(*value, field, least, most, whole, where.field(field));
    };
    const auto minutes = [&](const char* field, double least, double most) {
        const auto given = number(field, least, most, true);
        return given ? std::optional{std::chrono::minutes{static_cast<int>(*given)}} : std::nullopt;
    };
    NamedSettings named;
    named.false_alarms_per_year = number("false_alarms_per_year", 0.05, 366, false);
    if (const auto least = number("least_reports", 1, 100'000, true))
        named.least_reports = static_cast<std::uint32_t>(*least);
    named.hold = minutes("hold_minutes", 0, 60);
    named.clear = minutes("clear_minutes", 1, 1'440);
    return named;
}

std::vector<std::int64_t> networks_from(const Json& list, const Place& where) {
    std::vector<std::int64_t> networks;
    const std::string rule = "\"networks\" must be a list of AS numbers, 1 to 4294967295, such as [64496]";
    check_list(list, "networks", rule, most_networks, where);
    std::set<std::int64_t> seen;
    for (const auto& number : list) {
        const auto place = where.field(std::to_string(networks.size()));
        const bool fits = number.is_number_integer() && number.get<std::int64_t>() >= 1 &&
                          number.get<std::int64_t>() <= 4'294'967'295;
        if (!fits) wrong(place, rule);
        networks.push_back(number.get<std::int64_t>());
        if (!seen.insert(networks.back()).second)
            wrong(place, fmt::format("{} is there twice; take one of them out", networks.back()));
    }
    return networks;
}

std::vector<std::string> aliases_from(const Json& list, const Place& where) {
    std::vector<std::string> aliases;
    check_list(list, "aliases", "\"aliases\" must be a list of texts", most_aliases, where);
    std::set<std::string> seen;
    for (const auto& alias : list) {
        const auto place = where.field(std::to_string(aliases.size()));
        aliases.push_back(line_of(alias, "an alias", place, 120));
        if (!seen.insert(aliases.back()).second)
            wrong(place, fmt::format("the alias \"{}\" is there twice; take one of them out", aliases.back()));
    }
    return aliases;
}

std::vector<storage::Category> categories_of(const Json& named, const Place& where, const CategorySets& sets) {
    if (!named.is_string()) return categories_from(named, where);
    const auto name = named.get<std::string>();
    const auto set = sets.find(name);
    if (set != sets.end()) return set->second;
    std::vector<std::string_view> known;
    for (const auto& [each, categories] : sets) known.push_back(each);
    wrong(where, fmt::format("there is no category set \"{}\"{}", shortened(name), suggestion(name, known)));
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
    if (const auto* aliases = value_of(object, "aliases"))
        service.aliases = aliases_from(*aliases, where.field("aliases"));
    if (const auto* networks = value_of(object, "networks"))
        service.networks = networks_from(*networks, where.field("networks"));
    if (const auto* categories = value_of(object, "categories"))
        service.categories = categories_of(*categories, where.field("categories"), sets);
    if (const auto* detector = value_of(object, "detector"))
        entry.detector = settings_from(*detector, where.field("detector"));
    service.settings = entry.detector.over({});
    return entry;
}

Place place_of(const CatalogueEntry& entry, std::string_view field) {
    const Place whole{
        "services[" + entry.pointer.substr(entry.pointer.rfind('/') + 1) + "] (" + entry.service.slug + ")",
        entry.pointer};
    return field.empty() ? whole : whole.field(field);
}

void refuse_unknown_parents(const std::vector<CatalogueEntry>& entries,
                            const std::map<std::string, std::string>& parents) {
    for (const auto& entry : entries) {
        if (entry.parent.empty() || parents.contains(entry.parent)) continue;
        std::vector<std::string_view> known;
        for (const auto& [slug, parent] : parents)
            if (slug != entry.service.slug) known.push_back(slug);
        wrong(place_of(entry, "parent"),
              fmt::format("its parent \"{}\" is neither in the file nor in the catalogue{}", entry.parent,
                          suggestion(entry.parent, known)));
    }
}

/// The circle of parents that begins and ends at this slug: "a → b → a".
std::string way_round(const std::string& slug, const std::map<std::string, std::string>& parents) {
    auto way = slug;
    for (auto at = parents.at(slug); at != slug; at = parents.at(at)) way += " → " + at;
    return way + " → " + slug;
}

/// Follows parents from each entry, through the file first and then what is stored. All of them are known.
void refuse_circles(const std::vector<CatalogueEntry>& entries,
                    const std::map<std::string, std::string>& parents) {
    std::set<std::string> good;  // from these the way comes to an end
    for (const auto& entry : entries) {
        if (good.contains(entry.service.slug)) continue;
        std::set<std::string> passed;
        auto at = entry.service.slug;
        while (!at.empty() && !good.contains(at) && passed.insert(at).second) at = parents.at(at);
        if (at == entry.service.slug)
            wrong(place_of(entry, "parent"),
                  fmt::format("its parents go round in a circle ({}); take one of them out",
                              shortened(way_round(at, parents), 200)));
        // A circle that this one only leads to is told where it closes.
        if (at.empty() || good.contains(at)) good.merge(passed);
    }
}

/// Parents before children; there must be no circle.
std::vector<CatalogueEntry> parents_first(std::vector<CatalogueEntry> entries) {
    std::map<std::string, std::size_t> number;
    for (std::size_t i = 0; i < entries.size(); ++i) number[entries[i].service.slug] = i;
    std::vector<CatalogueEntry> ordered;
    std::vector<bool> placed(entries.size());
    for (std::size_t first = 0; first < entries.size(); ++first) {
        std::vector<std::size_t> way;  // from a child up to what is placed already
        for (auto at = first; !placed[at];) {
            placed[at] = true;
            way.push_back(at);
            const auto parent = number.find(entries[at].parent);
            if (parent == number.end()) break;
            at = parent->second;
        }
        for (auto each = way.rbegin(); each != way.rend(); ++each) ordered.push_back(std::move(entries[*each]));
    }
    return ordered;
}

std::vector<CatalogueEntry> entries_from(const Json& file) {
    const Place whole{"the file", ""};
    check_fields(file, whole, {"category_sets", "services"});
    CategorySets sets;
    if (const auto* named = value_of(file, "category_sets")) {
        const auto place = Place{"category_sets", "/category_sets"};
        if (!named->is_object()) wrong(place, "\"category_sets\" must be an object {…}");
        for (const auto& [name, list] : named->items())
            sets[name] = categories_from(list, {"category_sets/" + shortened(name), place.field(name).pointer});
    }
    const auto* services = value_of(file, "services");
    if (!services) wrong(whole, "\"services\" is missing; it must be a list of {\"slug\", \"name\", …}");
    if (!services->is_array()) wrong(whole.field("services"), "\"services\" must be a list");

    std::vector<CatalogueEntry> entries;
    std::map<std::string, std::size_t> seen;
    for (const auto& object : *services) {
        const auto number = entries.size();
        Place where{fmt::format("services[{}]", number), fmt::format("/services/{}", number)};
        if (object.is_object() && object.contains("slug") && object["slug"].is_string())
            where.words += fmt::format(" ({})", shortened(object["slug"].get<std::string>()));
        entries.push_back(entry_from(object, where, sets));
        const auto [first, fresh] = seen.emplace(entries.back().service.slug, number);
        if (!fresh)
            wrong(where.field("slug"),
                  fmt::format("services[{}] has this slug already; take one of them out", first->second));
    }
    return entries;
}

}  // namespace

analytics::DetectorSettings NamedSettings::over(analytics::DetectorSettings saved) const {
    saved.false_alarms_per_year = false_alarms_per_year.value_or(saved.false_alarms_per_year);
    saved.least_reports = least_reports.value_or(saved.least_reports);
    saved.hold = hold.value_or(saved.hold);
    saved.clear = clear.value_or(saved.clear);
    return saved;
}

std::vector<CatalogueEntry> parse_catalogue(std::string_view text,
                                            const std::map<std::string, std::string>& stored) {
    const auto file = read_json(text);
    try {
        auto entries = entries_from(file);
        auto parents = stored;
        for (const auto& entry : entries) parents[entry.service.slug] = entry.parent;
        refuse_unknown_parents(entries, parents);
        refuse_circles(entries, parents);
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
