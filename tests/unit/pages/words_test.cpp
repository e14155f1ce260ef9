// tests/unit/pages/words_test.cpp: numbers, plurals, dates and patterns of the catalogue.
#include <catch2/catch.hpp>

#include "server/pages/words.hpp"
#include "web_text.hpp"

using namespace outcry;
using namespace outcry::pages;
using namespace std::chrono_literals;

namespace {
const Words words{web::text::en};
const Time noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h;
}  // namespace

TEST_CASE("numbers are grouped by threes") {
    CHECK(words.number(0) == "0");
    CHECK(words.number(999) == "999");
    CHECK(words.number(1000) == "1,000");
    CHECK(words.number(15890) == "15,890");
    CHECK(words.number(1234567) == "1,234,567");
}

TEST_CASE("a multiple keeps the two digits that matter") {
    CHECK(words.times(635.6) == "640");
    CHECK(words.times(10.8) == "11");
    CHECK(words.times(6.04) == "6");
    CHECK(words.times(2.44) == "2.4");
    CHECK(words.times(12345) == "12,000");
}

TEST_CASE("an axis says thousands briefly") {
    CHECK(words.short_number(0) == "0");
    CHECK(words.short_number(500) == "500");
    CHECK(words.short_number(5000) == "5k");
    CHECK(words.short_number(2500) == "2.5k");
    CHECK(words.short_number(1'000'000) == "1M");
}

TEST_CASE("one report, two reports") {
    CHECK(words.plural("count.reports", 1) == "1 report");
    CHECK(words.plural("count.reports", 0) == "0 reports");
    CHECK(words.plural("count.reports", 2000) == "2,000 reports");
}

TEST_CASE("a span is said in its two largest units") {
    CHECK(words.duration(52min) == "52 min");
    CHECK(words.duration(861min) == "14 h 21 min");
    CHECK(words.duration(2h) == "2 h");
    CHECK(words.duration(75h) == "3 d 3 h");
}

TEST_CASE("a moment of another day carries its date") {
    CHECK(words.moment(noon + 8h + 47min, noon) == "20:47");
    CHECK(words.moment(noon - 24h, noon) == "21 Jan 12:00");
    CHECK(words.moment(noon - 24h * 40, noon) == "13 Dec 12:00");
    CHECK(words.moment(noon + 24h * 348, noon) == "5 Jan 2027 12:00");
    CHECK(words.moment(noon - 24h * 365, noon) == "22 Jan 2025 12:00");
    CHECK(words.when(noon, noon).html == "<time datetime=\"2026-01-22T12:00:00Z\">12:00</time>");
}

TEST_CASE("a span of days names one day once") {
    CHECK(words.day_span(noon, noon + 1h) == "22 January 2026");
    CHECK(words.day_span(noon - 24h, noon) == "21 Jan to 22 January 2026");
}

TEST_CASE("what fills a pattern is escaped, the pattern's own emphasis and links are not") {
    const Words sample{R"({"a": "Read *{x}* in [the <paper>](where)."})"};
    CHECK(sample.markup("a", {{"x", "1 < 2"}, {"where", "/p?a=1&b=2"}}).html ==
          "Read <strong>1 &lt; 2</strong> in <a href=\"/p?a=1&amp;b=2\">the &lt;paper&gt;</a>.");
    CHECK(sample.text("a", {{"x", "1 < 2"}, {"where", ""}}) == "Read 1 < 2 in the <paper>.");
}

TEST_CASE("a key that is missing, and a place that nothing fills, are mistakes of ours and say so") {
    CHECK_THROWS_AS(words.text("no.such.key"), std::out_of_range);
    CHECK_THROWS_AS(words.text("service.heading"), std::invalid_argument);
    CHECK_THROWS_AS(Words("[]"), std::invalid_argument);
}
