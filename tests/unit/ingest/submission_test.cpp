// tests/unit/ingest/submission_test.cpp: every field, every refusal, and the test vectors of others.
#include "ingest/submission.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ingest/region.hpp"
#include "ingest/text.hpp"

using namespace outcry::ingest;

namespace {

Submission accepted(const Parsed& parsed) {
    if (const auto* refused = std::get_if<std::vector<Rejection>>(&parsed)) {
        FAIL("refused: " << refused->at(0).pointer << " " << refused->at(0).reason);
    }
    return std::get<Submission>(parsed);
}

/// The one refusal, as "422 /region".
std::string refusal(const Parsed& parsed) {
    const auto* refused = std::get_if<std::vector<Rejection>>(&parsed);
    if (refused == nullptr) return "accepted";
    REQUIRE(refused->size() == 1);
    CHECK_FALSE(refused->front().reason.empty());
    CHECK(is_valid_utf8(refused->front().reason));
    return std::to_string(refused->front().status) + " " + refused->front().pointer;
}

std::string json(const std::string& body) {
    return refusal(parse_json_submission(body));
}
std::string form(const std::string& body) {
    return refusal(parse_form_submission(body));
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("a full submission in JSON is read") {
    const auto read = accepted(parse_json_submission(
        R"({"category":"server-connection","message":"  451 4.3.2\ttemporary\n","region":"us-ca","works":true,"client":"abc"})"));
    CHECK(read.category == "server-connection");
    CHECK(read.message == "451 4.3.2\ttemporary");
    CHECK(read.region == "US-CA");
    CHECK(read.works);
    CHECK(read.client == "abc");
}

TEST_CASE("a submission may say nothing but that there is a problem") {
    for (const auto& read : {accepted(parse_json_submission(" {} ")), accepted(parse_form_submission(""))}) {
        CHECK_FALSE(read.category);
        CHECK(read.message.empty());
        CHECK(read.region.empty());
        CHECK_FALSE(read.works);
    }
}

TEST_CASE("the same submission from the page's form is read the same") {
    const auto read = accepted(parse_form_submission(
        "category=server-connection&message=%20451+4.3.2%09temporary%0D%0A&region=us-ca&works=1&client=abc"));
    CHECK(read.category == "server-connection");
    CHECK(read.message == "451 4.3.2\ttemporary");
    CHECK(read.region == "US-CA");
    CHECK(read.works);
    CHECK(read.client == "abc");
}

TEST_CASE("fields of the form that were not filled in are not there") {
    const auto read = accepted(parse_form_submission("category=&message=&region=&works=&client=&"));
    CHECK_FALSE(read.category);
    CHECK(read.region.empty());
    CHECK_FALSE(read.works);
}

TEST_CASE("a body that is not JSON is a 400 for the whole") {
    for (const std::string body :
         {"", "{", "{}x", "{\"message\":\"a\",}", "{'message':1}", "{\"message\":\"a\nb\"}", "// no\n{}", "NaN",
          "{\"works\":1e999}", "{\"message\":\"\xff\"}", "{\"message\":\"\xed\xa0\x80\"}",
          "{\"message\":\"\\ud800\"}", "\xff\xfe{}"}) {
        CAPTURE(body);
        CHECK(json(body) == "400 ");
    }
}

TEST_CASE("a NUL ends nothing: what stands behind it is seen and refused") {
    CHECK(json(std::string("{}\0", 3)) == "400 ");
    CHECK(json(std::string("{}\0{\"works\":1}", 14)) == "400 ");
}

TEST_CASE("JSON that is not an object is a 422") {
    for (const char* body : {"[]", "1", "\"x\"", "null", "true", "[{\"category\":\"login\"}]"}) {
        CAPTURE(body);
        CHECK(json(body) == "422 ");
    }
}

TEST_CASE("a value of the wrong type is refused by name, however deep it goes") {
    CHECK(json(R"({"category":1})") == "422 /category");
    CHECK(json(R"({"message":null})") == "422 /message");
    CHECK(json(R"({"message":["a",{"works":true}]})") == "422 /message");
    CHECK(json(R"({"region":{"region":"DE"}})") == "422 /region");
    CHECK(json(R"({"works":"yes"})") == "422 /works");
    CHECK(json(R"({"works":1})") == "422 /works");
    CHECK(json(R"({"client":false})") == "422 /client");
}

TEST_CASE("a body nested without end is refused before it is read to its end") {
    CHECK(json(repeated("[", 100'000)) == "400 ");
    CHECK(json("{\"message\":" + repeated("[", 60) + repeated("]", 60) + "}") == "400 ");
}

TEST_CASE("an unknown field is named, with the ones there are") {
    const auto parsed = parse_json_submission(R"({"categroy":"login"})");
    CHECK(refusal(parsed) == "422 /categroy");
    const auto reason = std::get<std::vector<Rejection>>(parsed)[0].reason;
    CHECK(reason ==
          "There is no field \"categroy\"; leave it out. The fields are category, message, region, works and "
          "client.");
    CHECK(json(R"({"a/b~c":1})") == "422 /a~1b~0c");
    CHECK(json(R"({"":1})") == "422 /");
    CHECK(form("colour=red") == "422 /colour");
}

TEST_CASE("a long unknown name is cut between characters") {
    const auto before = GENERATE(0, 1, 2);
    const auto parsed = parse_json_submission("{\"" + std::string(static_cast<std::size_t>(before), 'x') +
                                              repeated("⍂", 1'000) + "\":1}");
    const auto& refused = std::get<std::vector<Rejection>>(parsed).at(0);
    CHECK(refused.reason.size() < 300);
    CHECK(is_valid_utf8(refused.reason));
    CHECK(refused.pointer.size() < 300);
    CHECK(is_valid_utf8(refused.pointer));
}

TEST_CASE("a field that comes twice is refused, since one of the two would be ignored") {
    CHECK(json(R"({"region":"DE","region":"FR"})") == "422 /region");
    CHECK(form("region=DE&region=FR") == "422 /region");
}

TEST_CASE("every wrong field is told at once, but never more than a few") {
    const auto both =
        std::get<std::vector<Rejection>>(parse_json_submission(R"({"category":"A B","region":"XX"})"));
    REQUIRE(both.size() == 2);
    CHECK(both[0].pointer == "/category");
    CHECK(both[1].pointer == "/region");
    std::string many = "{\"x0\":0";
    for (int i = 1; i < 5'000; ++i) many += ",\"x" + std::to_string(i) + "\":0";
    CHECK(std::get<std::vector<Rejection>>(parse_json_submission(many + "}")).size() == 16);
}

TEST_CASE("a category is a key") {
    CHECK(json(R"({"category":""})") == "422 /category");
    CHECK(json(R"({"category":"Login"})") == "422 /category");
    CHECK(json(R"({"category":"log in"})") == "422 /category");
    CHECK(json("{\"category\":\"" + repeated("a", 65) + "\"}") == "422 /category");
    CHECK(accepted(parse_json_submission("{\"category\":\"" + repeated("a", 64) + "\"}")).category->size() ==
          64);
    CHECK(form("category=Login") == "422 /category");
}

TEST_CASE("a message has at most 500 characters, whatever their size in bytes") {
    CHECK(accepted(parse_json_submission("{\"message\":\"" + repeated("🔥", 500) + "\"}")).message.size() ==
          2'000);
    CHECK(json("{\"message\":\"" + repeated("a", 501) + "\"}") == "422 /message");
    CHECK(form("message=" + repeated("%0D%0A", 2) + repeated("a", 500)) == "accepted");
    CHECK(form("message=b" + repeated("%0D%0A", 498) + "e") == "accepted");
    CHECK(form("message=b" + repeated("%0D%0A", 499) + "e") == "422 /message");
}

TEST_CASE("bidirectional controls are taken out of a message, other controls are refused") {
    CHECK(accepted(parse_json_submission(R"({"message":"a\u202eb\u2066c\u200fd\u061ce"})")).message == "abcde");
    CHECK(accepted(parse_json_submission(R"({"message":"\u202e"})")).message.empty());
    for (const char* escape : {"\\u0000", "\\u0007", "\\u001b", "\\u007f", "\\u0085"}) {
        CAPTURE(escape);
        CHECK(json(std::string(R"({"message":"a)") + escape + "b\"}") == "422 /message");
    }
    CHECK(form("message=a%00b") == "422 /message");
}

TEST_CASE("a region is an assigned country, with or without a subdivision") {
    for (const char* region : {"DE", "de", "US-CA", "GB-ENG", "fr-75", "AD", "ZW", "AT-1"}) {
        CAPTURE(region);
        CHECK(parse_region(region));
    }
    for (const char* region : {"", "D", "XX", "EU", "UK", "USA", "US-", "US-CALI", "US_CA", "US CA", "ES-",
                               "E ", " E", "DA", "US-ÄB"}) {
        CAPTURE(region);
        CHECK_FALSE(parse_region(region));
    }
    CHECK(json(R"({"region":"XX"})") == "422 /region");
    CHECK(json(R"({"region":""})") == "422 /region");
}

TEST_CASE("a token that cannot be ours is no reason to turn a reporter away") {
    CHECK(accepted(parse_json_submission("{\"client\":\"" + repeated("x", 129) + "\"}")).client.empty());
}

TEST_CASE("a form with broken escapes or bytes that are no UTF-8 is a 400") {
    for (const char* body : {"message=%", "message=%4", "message=%zz", "message=%ff", "%ff=1", "message=\xff",
                             "message=%ed%a0%80"}) {
        CAPTURE(body);
        CHECK(form(body) == "400 ");
    }
}

TEST_CASE("the form's check box may say 1, true or on") {
    for (const char* body : {"works=1", "works=true", "works=on"})
        CHECK(accepted(parse_form_submission(body)).works);
    for (const char* body : {"works=0", "works=false", "works"})
        CHECK_FALSE(accepted(parse_form_submission(body)).works);
    CHECK(form("works=maybe") == "422 /works");
}

TEST_CASE("UTF-8 is what RFC 3629 says it is") {
    for (const char* good : {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        CHECK(is_valid_utf8(good));
    }
    for (const char* wrong :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc2\x41"}) {
        CHECK_FALSE(is_valid_utf8(wrong));
    }
}

TEST_CASE("JSONTestSuite: what must be refused is a 400, what must be accepted is read or a 422") {
    const std::filesystem::path folder = OUTCRY_SHARED_DIR "/vectors/json-test-suite/test_parsing";
    if (!std::filesystem::is_directory(folder)) {
        WARN("no test vectors beside the repository: " << folder);
        return;
    }
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string body{std::istreambuf_iterator<char>(file), {}};
        const auto parsed = parse_json_submission(body);
        const auto* refused = std::get_if<std::vector<Rejection>>(&parsed);
        const int status = refused == nullptr ? 202 : refused->at(0).status;
        const auto name = entry.path().filename().string();
        CAPTURE(name, status);
        if (name[0] == 'n') CHECK(status == 400);
        if (name[0] == 'y') CHECK((status == 202 || status == 422));
        ++seen;
    }
    CHECK(seen >= 318);
}
