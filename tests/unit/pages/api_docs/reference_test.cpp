// tests/unit/pages/api_docs/reference_test.cpp: schemas in words, and operations as lines of curl.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/openapi/description.hpp"
#include "server/pages/api_docs/example.hpp"
#include "server/pages/api_docs/reference_page.hpp"
#include "server/pages/api_docs/shapes.hpp"
#include "server/pages/api_docs/type_words.hpp"
#include "server/pages/routes.hpp"
#include "web_text.hpp"

using namespace outcry;
using namespace outcry::pages;
using Catch::Matchers::Contains;
using Json = nlohmann::ordered_json;

namespace {

const Words words{web::text::en};

std::string type(const char* schema) {
    return type_in_words(Json::parse(schema), words);
}

}  // namespace

TEST_CASE("a schema is said in words, with its range") {
    CHECK(type(R"({"type":"integer","minimum":1,"maximum":200})") == "integer, 1 to 200");
    CHECK(type(R"({"type":"integer","minimum":0})") == "integer, 0 or more");
    CHECK(type(R"({"type":"number","maximum":0.5})") == "number, at most 0.5");
    CHECK(type(R"({"type":"string","minLength":1,"maxLength":64})") == "text, 1 to 64 characters");
    CHECK(type(R"({"type":["string","null"],"format":"date-time"})") == "time or null");
    CHECK(type(R"({"type":"boolean"})") == "true or false");
    CHECK(type(R"({})") == "anything");
}

TEST_CASE("choices, lists and shapes are said in words; what could be markup is escaped") {
    CHECK(type(R"({"enum":["a","b",null]})") == "<code>a</code>, <code>b</code> or <code>null</code>");
    CHECK(type(R"({"type":"array","items":{"$ref":"#/components/schemas/Service"}})") ==
          "list of <a href=\"#Service\">Service</a>");
    CHECK(type(R"({"oneOf":[{"$ref":"#/components/schemas/Peak"},{"type":"null"}]})") ==
          "<a href=\"#Peak\">Peak</a> or null");
    CHECK(type(R"({"type":"object","additionalProperties":{"type":"boolean"}})") == "object of true or false");
    CHECK(type(R"({"type":"string","pattern":"^<b>$"})") == "text, <code>^&lt;b&gt;$</code>");
    CHECK(default_in_words(Json::parse(R"({"default":50})")) == "50");
}

TEST_CASE("a shape that extends another has its fields first; objects inside are told by their full name") {
    const auto& schemas = openapi::description()["components"]["schemas"];
    const auto service = fields_of(schemas["Service"], words);
    CHECK(service.front().name == "slug");
    CHECK(service.back().name == "complete_until");
    std::string preview;
    for (const auto& field : fields_of(schemas["Preview"], words)) preview += field.name + ' ';
    CHECK_THAT(preview, Contains("params params.saved params.draft "));
    const auto used = shapes_in(Json::array({Json{{"$ref", "#/components/schemas/Service"}}}));
    CHECK(used.front() == "Service");
    CHECK(std::find(used.begin(), used.end(), "Incident") != used.end());
    CHECK(std::find(used.begin(), used.end(), "ServiceFields") == used.end());
}

TEST_CASE("an example names what the site has, quotes what a shell would read, and carries what is needed") {
    const auto& paths = openapi::description()["paths"];
    const auto example = [&](const char* path, const char* method, const char* in_capitals) {
        return curl_example("https://x.example", in_capitals, path, paths[path][method], {"mail", "some-id"});
    };
    CHECK(example("/api/v1/services/{slug}", "get", "GET") == "curl https://x.example/api/v1/services/mail");
    CHECK(example("/api/v1/services/{slug}/series", "get", "GET") ==
          "curl 'https://x.example/api/v1/services/mail/series?step=15m'");
    CHECK(example("/api/v1/admin/incidents/{id}/false", "post", "POST") ==
          "curl -X POST https://x.example/api/v1/admin/incidents/some-id/false \\\n"
          "  -H \"Authorization: Bearer $OUTCRY_TOKEN\" \\\n"
          "  -H 'Content-Type: application/json' \\\n"
          "  -d '{\"why\":\"a game'\\''s launch day\"}'");
    CHECK_THAT(example("/api/v1/admin/services/{slug}", "delete", "DELETE"),
               Contains("/services/example-service ") && Contains("'If-Match: *'"));
    CHECK_THAT(example("/api/v1/events", "get", "GET"), Contains("curl -N "));
}

TEST_CASE("there is a page for each group, below the site's own path, and none for anything else") {
    const auto renderer = make_renderers("/status", "https://x.example").front();
    for (const auto& tag : openapi::description()["tags"])
        CHECK(render_reference_group(tag["name"].get<std::string>(), {}, *renderer));
    CHECK_FALSE(render_reference_group("none", {}, *renderer));
    CHECK_THAT(render_reference(*renderer), Contains("href=\"/status/api/docs/services\"") &&
                                                Contains("curl https://x.example/status/api/openapi.json"));
}
