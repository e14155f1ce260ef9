// tests/unit/commands/starter_catalogue_test.cpp: the catalogue that comes with Outcry is whole and fits the
// demo.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "server/catalogue/catalogue_file.hpp"
#include "server/commands/catalogue.hpp"

using namespace outcry::commands;
namespace catalogue = outcry::catalogue;

namespace {

std::map<std::string, catalogue::CatalogueEntry> by_slug() {
    std::map<std::string, catalogue::CatalogueEntry> entries;
    for (const auto& entry : catalogue::parse_catalogue(starter_catalogue()))
        entries[entry.service.slug] = entry;
    return entries;
}

bool offers(const catalogue::CatalogueEntry& entry, const std::string& key) {
    const auto& all = entry.service.categories;
    return std::any_of(all.begin(), all.end(), [&](const auto& category) { return category.key == key; });
}

}  // namespace

TEST_CASE(
    "the starter catalogue has some two hundred services in a dozen groups, each with all that a page shows") {
    std::set<std::string> groups, names;
    for (const auto& [slug, entry] : by_slug()) {
        CAPTURE(slug);
        groups.insert(entry.service.group);
        CHECK(names.insert(entry.service.name).second);
        CHECK_FALSE(entry.service.provider.empty());
        CHECK(entry.service.homepage.starts_with("https://"));
        CHECK(entry.service.categories.size() >= 5);
        CHECK(offers(entry, "other"));
    }
    CHECK(names.size() >= 200);
    CHECK(groups.size() >= 12);
}

TEST_CASE(
    "the family of Microsoft 365 is in the starter catalogue, with the problems people named in its outage") {
    const auto entries = by_slug();
    for (const char* slug : {"outlook", "microsoft-teams", "microsoft-defender", "onedrive"}) {
        CHECK(entries.at(slug).parent == "microsoft-365");
    }
    CHECK(entries.contains("microsoft-store"));
    for (const char* key : {"sending-or-receiving", "server-connection", "login", "other"}) {
        CHECK(offers(entries.at("microsoft-365"), key));
        CHECK(offers(entries.at("outlook"), key));
    }
}
