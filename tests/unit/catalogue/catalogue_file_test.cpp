// tests/unit/catalogue/catalogue_file_test.cpp: a catalogue survives the way out and back; every mistake is
// named.
#include "server/catalogue/catalogue_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace outcry;
using namespace outcry::catalogue;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

std::string refusal(const std::string& text) {
    try {
        parse_catalogue(text);
    } catch (const CatalogueError& error) {
        return std::string(error.what());
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a catalogue is read with its sets, parents first") {
    const auto entries = parse_catalogue(R"({
        "category_sets": {"mail": [{"key": "sending", "label": "Sending"}]},
        "services": [
            {"slug": "outlook", "name": "Outlook", "parent": "microsoft-365", "categories": "mail", "aliases": ["hotmail"]},
            {"slug": "microsoft-365", "name": "Microsoft 365", "zone": "America/New_York",
             "detector": {"least_reports": 9, "clear_minutes": 45}}
        ]})");
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].service.slug == "microsoft-365");
    CHECK(entries[0].names_settings);
    CHECK(entries[0].service.settings.least_reports == 9);
    CHECK(entries[0].service.settings.clear == 45min);
    CHECK(entries[1].parent == "microsoft-365");
    CHECK(entries[1].service.categories == std::vector<storage::Category>{{0, "sending", "Sending"}});
    CHECK_FALSE(entries[1].names_settings);
}

TEST_CASE("what is written reads back as the same") {
    storage::Service parent, child;
    parent.id = 1;
    parent.slug = "a";
    parent.name = "A \"quoted\" n\xc3\xa4me";
    child.id = 2;
    child.slug = "b";
    child.name = "B";
    child.group = "Mail";
    child.homepage = "https://b.example";
    child.zone = "Europe/Berlin";
    child.parent = 1;
    child.aliases = {"bee"};
    child.categories = {{0, "login", "Signing in"}};
    child.settings.hold = 3min;
    const auto entries = parse_catalogue(format_catalogue({parent, child}));
    REQUIRE(entries.size() == 2);
    CHECK(difference(parent, "", entries[0]).empty());
    CHECK(difference(child, "a", entries[1]).empty());
}

TEST_CASE("a difference is told by the names of the fields") {
    auto entry = parse_catalogue(R"({"services":[{"slug":"a","name":"New","group":"G"}]})").front();
    storage::Service stored;
    stored.slug = "a";
    stored.name = "Old";
    stored.settings.least_reports = 50;
    CHECK(difference(stored, "p", entry) == "name, group, parent");
}

TEST_CASE("every mistake in a catalogue is named with its place") {
    CHECK_THAT(refusal("{\n\"services\": [,]}"), Contains("line 2, column 14"));
    CHECK_THAT(refusal(R"({"services":{}})"), Contains("must be a list"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a","name":"A","grup":"x"}]})"),
               Contains("services[0] (a)") && Contains("did you mean \"group\"?"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a"}]})"), Contains("\"name\" is missing"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"A b","name":"A"}]})"), Contains("lower-case"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a","name":"A"},{"slug":"a","name":"B"}]})"),
               Contains("services[0] has this slug") && Contains("line 1, column 39"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a","name":"A","parent":"z"}]})"), Contains("\"z\""));
    CHECK_THAT(
        refusal(R"({"services":[{"slug":"a","name":"A","parent":"b"},{"slug":"b","name":"B","parent":"a"}]})"),
        Contains("circle"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a","name":"A","categories":"x"}]})"),
               Contains("category set \"x\""));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a","name":"A","homepage":"javascript:x"}]})"),
               Contains("https://"));
    CHECK_THAT(refusal(R"({"services":[{"slug":"a","name":"A","detector":{"hold_minutes":99}}]})"),
               Contains("between 0 and 60"));
    CHECK_THAT(refusal("[]"), Contains("object"));
}

TEST_CASE("a parent that the catalogue has already need not be in the file") {
    CHECK(parse_catalogue(R"({"services":[{"slug":"a","name":"A","parent":"p"}]})", {{"p", ""}}).size() == 1);
}

TEST_CASE("a circle that runs through what is stored is refused where the file closes it") {
    try {
        parse_catalogue("{\"services\": [\n  {\"slug\": \"a\", \"name\": \"A\",\n   \"parent\": \"c\"}]}",
                        {{"a", ""}, {"b", "a"}, {"c", "b"}});
        FAIL("accepted");
    } catch (const CatalogueError& error) {
        CHECK(
            std::string(error.what()) ==
            "line 3, column 4, services[0] (a): its parents go round in a circle (a → c → b → a); take one of "
            "them out");
        CHECK(error.pointer == "/services/0/parent");
    }
}

TEST_CASE("mistakes of one service are told with the line and column of the field") {
    const std::string file =
        "{\n\"services\": [\n {\"slug\": \"a\", \"name\": \"A [\\\"}\"},\n {\"slug\": \"b\", ";
    CHECK_THAT(refusal(file + "\"name\": \"B\", \"grup\": 1}]}"),
               Contains("line 4, column 29, services[1] (b): there is no field"));
    CHECK_THAT(refusal(file + "\"name\": 7}]}"), Contains("line 4, column 16"));
    CHECK_THAT(refusal(file + "\"name\": \"B\", \"networks\": [64496, 0]}]}"),
               Contains("line 4, column 49") && Contains("AS numbers"));
    CHECK_THAT(refusal(file + "\"x\": null}]}"), Contains("line 4, column 16"));
    CHECK_THAT(refusal(file + "\"parent\": \"a\"}]}"),
               Contains("line 4, column 2,") && Contains("\"name\" is missing"));
}

TEST_CASE("each hostile string is taken as a name and a label as it is, or refused with the reason") {
    using Json = nlohmann::json;
    std::vector<std::string> strings;
    const std::string own = OUTCRY_SOURCE_DIR "/tests/support/naughty.json",
                      big_list = OUTCRY_SHARED_DIR "/vectors/naughty-strings/blns.json";
    for (const auto& file : {own, big_list}) {
        std::ifstream in(file);
        if (!in) {
            WARN("left out, since it is not there: " << file);
            continue;
        }
        for (auto& text : Json::parse(in)) strings.push_back(text.get<std::string>());
    }
    REQUIRE(strings.size() > 50);
    std::size_t taken = 0;
    for (const auto& text : strings) {
        INFO(text);
        const Json file{
            {"services",
             {{{"slug", "x"}, {"name", text}, {"categories", {{{"key", "it"}, {"label", text}}}}}}}};
        try {
            const auto service = parse_catalogue(file.dump()).at(0).service;
            CHECK(service.name == text);
            CHECK(service.categories.at(0).label == text);
            ++taken;
        } catch (const CatalogueError& refused) {
            CHECK_THAT(refused.what(), Contains("(x): \"name\" ") || Contains("(x): \"label\" "));
            CHECK_THAT(refused.what(), Contains("is empty") || Contains("longer than") ||
                                           Contains("take it out") || Contains("one line") ||
                                           Contains("nothing in it"));
        }
    }
    CHECK(taken > strings.size() * 8 / 10);
}
