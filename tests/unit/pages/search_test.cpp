// tests/unit/pages/search_test.cpp: what a worried person types finds what they mean.
#include "server/pages/search.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace outcry;
using namespace outcry::pages;

namespace {

live::Catalogue catalogue_of(std::vector<std::pair<std::string, std::vector<std::string>>> names) {
    live::Catalogue catalogue;
    for (auto& [name, aliases] : names) {
        storage::Service service;
        service.name = name;
        service.aliases = aliases;
        catalogue.services.push_back(std::move(service));
    }
    return catalogue;
}

const live::Catalogue catalogue = catalogue_of({{"Amazon", {}},
                                                {"Amazon Web Services", {"AWS"}},
                                                {"Microsoft 365", {"Office 365"}},
                                                {"Microsoft Teams", {}},
                                                {"Outlook", {"Hotmail"}},
                                                {"PlayStation Network", {"PSN"}},
                                                {"Téléphone Exemple", {}},
                                                {"X", {"Twitter"}}});

std::vector<std::string> found(std::string_view query) {
    std::vector<std::string> names;
    for (const auto& match : find_services(catalogue, query)) names.push_back(match.service->name);
    return names;
}

}  // namespace

TEST_CASE("the whole name comes before names that only begin with it") {
    CHECK(found("amazon") == std::vector<std::string>{"Amazon", "Amazon Web Services"});
}

TEST_CASE("aliases count as names, whatever their case") {
    CHECK(found("aws").front() == "Amazon Web Services");
    CHECK(found("TWITTER").front() == "X");
    CHECK(found("hotmail").front() == "Outlook");
}

TEST_CASE("the start of any word is enough") {
    CHECK(found("teams").front() == "Microsoft Teams");
    CHECK(found("micro").size() == 2);
}

TEST_CASE("typing mistakes find what comes near, and say that they only come near") {
    REQUIRE_FALSE(found("outluk").empty());
    CHECK(found("outluk").front() == "Outlook");
    CHECK(found("playstaton").front() == "PlayStation Network");
    CHECK(find_services(catalogue, "outluk").front().likeness < 0.5);
}

TEST_CASE("when only one service can be meant, it is; otherwise there is a choice") {
    CHECK(meant(find_services(catalogue, "teams"))->name == "Microsoft Teams");
    CHECK(meant(find_services(catalogue, "x"))->name == "X");
    CHECK(meant(find_services(catalogue, "amazon")) == nullptr);
    CHECK(meant(find_services(catalogue, "outluk")) == nullptr);
    CHECK(meant({}) == nullptr);
}

TEST_CASE("letters beyond ASCII are letters") {
    CHECK(found("téléphone").front() == "Téléphone Exemple");
}

TEST_CASE("nonsense, nothing, and hostile input find nothing and break nothing") {
    CHECK(found("qqqqqqqq").empty());
    CHECK(found("").empty());
    CHECK(found(" \t!?%").empty());
    CHECK(found(std::string(100'000, 'z')).empty());
    CHECK(found("\xff\xfe\x80").empty());
}

TEST_CASE(
    "of the starter catalogue's names with a slip of the finger in them, nearly all are found among the first "
    "three") {
    std::ifstream file(OUTCRY_SOURCE_DIR "/data/catalogue.json");
    std::vector<std::pair<std::string, std::vector<std::string>>> names;
    const auto read = nlohmann::json::parse(file);
    for (const auto& service : read["services"])
        names.push_back({service["name"], service.value("aliases", std::vector<std::string>{})});
    const auto starter = catalogue_of(names);
    int typed = 0, hit = 0;
    const auto type = [&](const std::string& text, const std::string& meant_name) {
        ++typed;
        for (const auto& match : find_services(starter, text, 3)) hit += match.service->name == meant_name;
    };
    for (const auto& [name, aliases] : names) {
        if (name.size() < 5) continue;
        const auto middle = name.size() / 2;
        auto swapped = name;
        std::swap(swapped[middle], swapped[middle - 1]);
        type(swapped, name);
        type(name.substr(0, middle) + name.substr(middle + 1), name);
    }
    INFO(hit << " of " << typed);
    CHECK(typed > 400);
    CHECK(hit >= typed * 99 / 100);
}

TEST_CASE("a slip in a short name is forgiven, too") {
    const auto few = catalogue_of({{"Gmail", {}}, {"Reddit", {}}, {"Slack", {}}, {"TikTok", {}}});
    for (const auto& [typed, name] :
         {std::pair{"gmial", "Gmail"}, {"redidt", "Reddit"}, {"slcak", "Slack"}, {"titkok", "TikTok"}}) {
        const auto matches = find_services(few, typed);
        REQUIRE(matches.size() == 1);
        CHECK(matches.front().service->name == name);
        CHECK(matches.front().likeness < 0.5);
    }
}
