// tests/unit/openapi/description_test.cpp: the files fit together, and every reference leads somewhere.
#include "server/openapi/description.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

using namespace outcry::openapi;
using Json = nlohmann::ordered_json;

namespace {

/// Every {"$ref"} below `value`.
void collect(const Json& value, std::set<std::string>& references) {
    if (value.is_object() && value.contains("$ref")) references.insert(value["$ref"].get<std::string>());
    if (value.is_structured())
        for (const auto& each : value) collect(each, references);
}

}  // namespace

TEST_CASE("every reference leads somewhere, and everything that is shared is used") {
    std::set<std::string> referred, shared;
    collect(description(), referred);
    for (const auto& [kind, all] : description()["components"].items())
        for (const auto& [name, value] : all.items())
            if (kind != "securitySchemes") shared.insert("#/components/" + kind + '/' + name);
    CHECK(referred == shared);
}

TEST_CASE("an operation has a name of its own, and a group that there is") {
    std::set<std::string> groups, names;
    for (const auto& tag : description()["tags"]) groups.insert(tag["name"].get<std::string>());
    for (const auto& [path, item] : description()["paths"].items()) {
        for (const auto& [method, operation] : item.items()) {
            INFO(method << ' ' << path);
            CHECK(names.insert(operation["operationId"].get<std::string>()).second);
            REQUIRE(operation["tags"].size() == 1);
            CHECK(groups.contains(operation["tags"][0].get<std::string>()));
        }
    }
}

TEST_CASE("each place in an address has its parameter") {
    for (const auto& [path, item] : description()["paths"].items()) {
        std::set<std::string> places;
        for (auto at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
            places.insert(path.substr(at + 1, path.find('}', at) - at - 1));
        for (const auto& [method, operation] : item.items()) {
            std::set<std::string> described;
            for (const auto& each : operation.value("parameters", Json::array()))
                if (resolve(each)["in"] == "path") described.insert(resolve(each)["name"].get<std::string>());
            INFO(method << ' ' << path);
            CHECK(described == places);
        }
    }
}

TEST_CASE("the description names the site that serves it, and this version") {
    const auto served = Json::parse(description_at("https://status.example.org/outcry"));
    CHECK(served["servers"][0]["url"] == "https://status.example.org/outcry");
    CHECK(served["openapi"] == "3.1.0");
    CHECK(served["info"]["version"].get<std::string>().find('.') != std::string::npos);
    CHECK(Json::parse(description_at(""))["servers"][0]["url"] == "/");
}

TEST_CASE("two files that describe the same are refused by name") {
    auto whole = Json{{"paths", {{"/a", 1}}}, {"components", {{"schemas", Json::object()}}}};
    CHECK_THROWS_WITH(join(whole, Json{{"paths", {{"/a", 2}}}}, "more.json"), "more.json describes /a again");
    join(whole, Json{{"schemas", {{"A", 1}}}}, "more.json");
    CHECK(whole["components"]["schemas"]["A"] == 1);
}
