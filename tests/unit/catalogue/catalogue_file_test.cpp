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
    CHECK(entries[0].detector.least_reports == 9u);
    CHECK(entries[0].service.settings.least_reports == 9);
    CHECK(entries[0].service.settings.clear == 45min);
    CHECK(entries[1].parent == "microsoft-365");
    CHECK(entries[1].service.categories == std::vector<storage::Category>{{0, "sending", "Sending"}});
    CHECK(entries[1].detector.over({.least_reports = 77}).least_reports == 77);
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
    CHECK_THAT(
        refusal(R"({"services":[{"slug":"a","name":"A"},{"slug":"a","name":"B"}]})"),
        Contains("services[0] has this slug already; take one of them out") && Contains("line 1, column 39"));
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

TEST_CASE("what a file says twice, by halves or beyond all measure is refused, never guessed at") {
    const auto one = [](const std::string& field) {
        return "{\"services\":[{\"slug\":\"a\",\"name\":\"A\",\n" + field + "}]}";
    };
    struct Bad {
        std::string file, says;
    };
    for (const auto& [file, says] : std::initializer_list<Bad>{
             {one(R"("name":"B")"), "line 2, column 1: \"name\" is there twice"},
             {one(R"("n\u0061me":"B")"), "line 2, column 1: \"name\" is there twice"},
             {"{\"services\":[],\n \"services\":[]}", "line 2, column 2: \"services\" is there twice"},
             {one(R"("aliases":["x","x"])"),
              "line 2, column 16, services[0] (a): the alias \"x\" is there twice"},
             {one(R"("networks":[64496,64496])"), "64496 is there twice"},
             {one(R"("aliases":["ok",7])"), "line 2, column 17, services[0] (a): an alias must be a text"},
             {one("\"aliases\":[\"" + std::string(121, 'x') + "\"]"), "an alias is longer than 120 characters"},
             {one("\"aliases\":[" + std::string(200, '7') + "]"), "an alias must be a text"},
             {one("\"categories\":[" + std::string(300, ' ') + "{}" + R"(,{})" + "]"), "\"key\" is missing"},
             {one(R"("detector":{"hold_minutes":1.5})"), "\"hold_minutes\" must be a whole number, not 1.5"},
             {one(R"("detector":{"least_reports":1e999})"), "line 2, column 29: the number 1e999 is too large"},
             {one(R"("detector":[])"), "\"detector\" must be an object"},
             {one(R"("homepage":"https://")"), "such as https://example.org"},
             {one(R"("homepage":"https://a.example/ b")"), "no spaces"},
             {one(R"("categories":"mial")"), "there is no category set \"mial\""},
             {one("\"" + std::string(9000, 'x') + "\":1"), "\"" + std::string(64, 'x') + "…\""},
             {one("\"zone\":\"A\xff\""), "line 2, column 10: this is not UTF-8"},
             {one(R"("zone":"\ud800")"), "surrogate"},
             {one("") + std::string(1, '\0') + "nobody reads this", "there is a NUL byte; take it out"},
             {"\xff\xfe{", "this is not UTF-8"},
             {"", "unexpected end of input"},
             {std::string(100'000, '['), "no JSON"}}) {
        INFO(file.substr(0, 200));
        CHECK_THAT(refusal(file), Contains(says));
        CHECK(refusal(file).size() < 400);
    }
}

TEST_CASE("lists have an end") {
    const auto with = [](const char* field, std::size_t count, const auto& element) {
        nlohmann::json file{{"services", {{{"slug", "a"}, {"name", "A"}, {field, nlohmann::json::array()}}}}};
        for (std::size_t i = 0; i < count; ++i) file["services"][0][field].push_back(element(i));
        return refusal(file.dump());
    };
    const auto alias = [](std::size_t i) { return std::to_string(i); };
    const auto network = [](std::size_t i) { return i + 1; };
    CHECK(with("aliases", 100, alias) == "accepted");
    CHECK_THAT(with("aliases", 101, alias), Contains("\"aliases\" has 101 entries; leave at most 100"));
    CHECK(with("networks", 1000, network) == "accepted");
    CHECK_THAT(with("networks", 1001, network), Contains("leave at most 1000"));
}

TEST_CASE("columns are counted in characters, lines end in LF or CRLF, and a byte order mark takes no room") {
    const std::string file =
        "\xef\xbb\xbf{\"services\":[\r\n{\"slug\":\"a\",\"name\":\"\xc3\x84\xc3\x96\",\"grup\":1}]}";
    CHECK_THAT(refusal(file), Contains("line 2, column 25, services[0] (a): there is no field \"grup\""));
    CHECK_THAT(refusal(file.substr(0, file.size() - 1)), Contains("line 2, column 35: this is no JSON"));
    CHECK(parse_catalogue("\xef\xbb\xbf{\"services\":[{\"slug\":\"a\",\"name\":\"A\"}]}").size() == 1);
    std::string name;
    for (int i = 0; i < 120; ++i) name += "\xc3\xbc";
    const auto named = [](const std::string& text) {
        return R"({"services":[{"slug":"a","name":")" + text + "\"}]}";
    };
    CHECK(refusal(named(name)) == "accepted");
    CHECK_THAT(refusal(named(name + "x")), Contains("longer than 120 characters"));
}

TEST_CASE("null is as good as left out") {
    const auto entries = parse_catalogue(
        R"({"category_sets":null,"services":[{"slug":"a","name":"A","aliases":null,"networks":null,
            "categories":null,"detector":null,"zone":null,"parent":null,"group":null}]})");
    CHECK(entries.at(0).service.zone == "UTC");
    CHECK_THAT(refusal(R"({"services":null})"), Contains("\"services\" is missing"));
    CHECK_THAT(refusal(R"({"services":[{"slug":null,"name":"A"}]})"), Contains("\"slug\" is missing"));
}

TEST_CASE("settings that are not named stay as they are saved") {
    const auto entry =
        parse_catalogue(R"({"services":[{"slug":"a","name":"A","detector":{"hold_minutes":5}}]})").front();
    const analytics::DetectorSettings saved{
        .false_alarms_per_year = 4, .least_reports = 50, .hold = 1min, .clear = 90min};
    const auto now = entry.detector.over(saved);
    CHECK(now.false_alarms_per_year == 4);
    CHECK(now.least_reports == 50);
    CHECK(now.hold == 5min);
    CHECK(now.clear == 90min);
}

TEST_CASE("ten thousand services, each a part of the next, are read in no more than a moment") {
    nlohmann::json file{{"services", nlohmann::json::array()}};
    for (int i = 0; i < 10'000; ++i)
        file["services"].push_back({{"slug", "s" + std::to_string(i)}, {"name", "S"}});
    for (int i = 0; i + 1 < 10'000; ++i) file["services"][i]["parent"] = "s" + std::to_string(i + 1);
    const auto began = std::chrono::steady_clock::now();
    CHECK(parse_catalogue(file.dump()).front().service.slug == "s9999");
    file["services"][9'999]["parent"] = "s0";
    CHECK_THAT(refusal(file.dump()), Contains("circle (s0 → s1 → s2") && Contains("…"));
    CHECK(std::chrono::steady_clock::now() - began < 5s);  // 10'000 times 10'000 steps take longer
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
