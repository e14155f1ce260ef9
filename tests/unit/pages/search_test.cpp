// tests/unit/pages/search_test.cpp: what a worried person types finds what they mean.
#include "server/pages/search.hpp"

#include <catch2/catch.hpp>

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
