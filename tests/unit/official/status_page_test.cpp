// tests/unit/official/status_page_test.cpp: samples after the documented shapes, and what a hostile or careless
// page may hold.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "server/official/said.hpp"
#include "server/official/status_page.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using official::read_status_page;
using official::UnreadablePage;

namespace {

constexpr auto jan22 = std::chrono::sys_days{std::chrono::year{2026} / 1 / 22};
constexpr Time later = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};

std::string sample(const std::string& name) {
    std::ifstream file(OUTCRY_SOURCE_DIR "/tests/fixtures/status_pages/" + name);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string update(const std::string& fields) {
    return R"({"incidents":[{"name":"N","shortlink":"https://a.example","incident_updates":[)" + fields +
           "]}]}";
}
const std::string one = R"({"id":"1","status":"investigating","body":"B","display_at":"2026-01-22T19:37:00Z"})";

}  // namespace

TEST_CASE("a Statuspage summary becomes its incidents' updates, oldest first") {
    const auto said = read_status_page(sample("summary.json"), later);
    REQUIRE(said.size() == 2);
    CHECK(said[0] == storage::Statement{.external_id = "update000001",
                                        .at = jan22 + 19h + 37min + 12s + 345ms,
                                        .status = "investigating",
                                        .title = "Mail is delayed",
                                        .text = "We are looking into reports of delayed mail.",
                                        .address = "https://stspg.example/abc123",
                                        .by_whom = {}});
    CHECK(said[1].status == "identified");
    CHECK(said[1].at == jan22 + 20h + 10min);
}

TEST_CASE("a Statuspage history with offsets, markup and a postmortem") {
    const auto said = read_status_page(sample("incidents.json"), later);
    REQUIRE(said.size() == 5);
    CHECK(said[0].title == "Slow search");
    CHECK(said[1].at == std::chrono::sys_days{std::chrono::year{2026} / 2 / 2} + 14h + 5min);
    CHECK(said[1].title == "Errors when pushing – “HTTP 502”");
    CHECK(said[2].text == "A fix is in place & we watch it. Thanks for waiting.");
    CHECK(said[3].status == "resolved");
    CHECK(said[4].status == "resolved");
}

TEST_CASE("unresolved incidents in another script") {
    const auto said = read_status_page(sample("unresolved.json"), later);
    REQUIRE(said.size() == 2);
    CHECK(said[0].title == "接続の問題");
    CHECK(said[0].at == std::chrono::sys_days{std::chrono::year{2026} / 3 / 1});
    CHECK(said[1].status == "monitoring");
}

TEST_CASE("an Atom history: the newest state of each entry, its markup gone") {
    const auto said = read_status_page(sample("history.atom"), later);
    REQUIRE(said.size() == 1);
    CHECK(said[0].at == jan22 + 21h + 14min);
    CHECK(said[0].status == "monitoring");
    CHECK(said[0].address == "https://status.mail.example/incidents/abc123");
    CHECK(said[0].text.starts_with("Jan 22, 21:14 UTC Monitoring - Mail flows again."));
    CHECK(said[0].external_id == "tag:status.mail.example,2005:Incident/123456 2026-01-22T21:14:00Z");
}

TEST_CASE("an RSS feed: items whose time cannot be read are passed over") {
    const auto said = read_status_page(sample("cloud.rss"), later);
    REQUIRE(said.size() == 1);
    CHECK(said[0].at == jan22 + 19h + 40min);
    CHECK(said[0].status == "investigating");
    CHECK(said[0].text == "We are investigating increased error rates.");
}

TEST_CASE("what lacks an id, a time or words is passed over, the rest is read") {
    const auto page =
        update(R"(7, null, {}, {"id":"x"}, {"id":5,"body":"B","display_at":"2026-01-22T19:37:00Z"},
        {"id":"y","body":"B","display_at":"yesterday"}, {"id":"w","body":"B","created_at":"2026-13-41T99:00:00Z"},)" +
               one);
    const auto said = read_status_page(page, later);
    REQUIRE(said.size() == 1);
    CHECK(said[0].external_id == "1");
}

TEST_CASE("an unknown state is other, and nothing is said in the future") {
    const auto page = update(R"({"id":"1","status":"on fire","body":"B","display_at":"2026-01-22T19:37:00Z"},
        {"id":"2","status":"resolved","body":"B","display_at":"2026-01-22T19:59:00Z"})");
    const auto said = read_status_page(page, jan22 + 19h + 50min);
    REQUIRE(said.size() == 1);
    CHECK(said[0].status == "other");
}

TEST_CASE("scripts, direction controls, long texts and bad addresses are made harmless") {
    const auto page =
        R"json({"incidents":[{"name":"a\u202Eb\u0007c","shortlink":"javascript:alert(1)","incident_updates":[
        {"id":"1","status":"resolved","body":"<script>alert(1)</script>&lt;b&gt;&#x202E;&#0;é)json" +
        std::string(9'000, 'z') + R"json(","display_at":"2026-01-22T19:37:00Z"}]}]})json";
    const auto said = read_status_page(page, later);
    REQUIRE(said.size() == 1);
    CHECK(said[0].title == "ab c");
    CHECK(said[0].address.empty());
    CHECK(said[0].text.starts_with("alert(1) <b>é"));
    CHECK(said[0].text.ends_with("z…"));
    CHECK(said[0].text.size() < 4'100);
}

TEST_CASE("what is no status page says what it is") {
    const auto refused = [](const std::string& body, const std::string& words) {
        CHECK_THROWS_WITH(read_status_page(body, later), Catch::Contains(words));
    };
    refused("", "empty");
    refused("  \n ", "empty");
    refused("OK", "neither JSON nor a feed");
    refused("{\"incidents\":", "is none");
    refused("[]", "no list of incidents");
    refused("{}", "no list of incidents");
    refused(R"({"incidents":{}})", "no list of incidents");
    refused("<!doctype html><html><body><p>Status</p></body></html>", "the address of its feed");
    refused("<feed", "no well-formed feed");
    refused(std::string(100'000, '['), "is none");
}

TEST_CASE("entities of a document type are not expanded") {
    const std::string bomb =
        R"(<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>)"
        R"(<feed><entry><id>1</id><updated>2026-01-22T19:37:00Z</updated><title>&b;&f;</title></entry></feed>)";
    const auto said = read_status_page(bomb, later);
    REQUIRE(said.size() == 1);
    CHECK(said[0].title == "&b;&f;");
}

TEST_CASE("a page of thousands keeps the newest") {
    std::string updates;
    for (int i = 0; i < 3'000; ++i)
        updates +=
            (i ? "," : "") + (R"({"id":")" + std::to_string(i) +
                              R"(","status":"resolved","body":"B","display_at":"2026-01-22T19:37:00Z"})");
    const auto said = read_status_page(update(updates), later);
    REQUIRE(said.size() == official::most_statements);
    CHECK(said.back().external_id == "2999");
}
