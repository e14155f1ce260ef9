// tests/unit/pages/archive_query_test.cpp: what the archive's address may ask.
#include <catch2/catch.hpp>

#include "server/pages/archive_query.hpp"

using namespace outcry;
using namespace outcry::pages;

namespace {

std::optional<ArchiveQuery> asking(http::Fields query) {
    http::Request request;
    request.query = std::move(query);
    return read_archive_query(request);
}

Time day(int year, unsigned month, unsigned day) {
    using namespace std::chrono;
    return Time{sys_days{std::chrono::year{year} / month / day}};
}

}  // namespace

TEST_CASE("an empty form asks for everything") {
    const auto query = asking({{"q", "  "}, {"state", ""}, {"year", ""}, {"month", ""}});
    REQUIRE(query);
    CHECK_FALSE(query->any());
    const auto filter = filter_of(*query);
    CHECK_FALSE(filter.open);
    CHECK_FALSE(filter.opened_from);
    CHECK(address_of(*query, "").empty());
}

TEST_CASE("a year is twelve months, a month of it one, a month alone nothing") {
    auto filter = filter_of(*asking({{"year", "2026"}}));
    CHECK(filter.opened_from == day(2026, 1, 1));
    CHECK(filter.opened_until == day(2027, 1, 1));
    filter = filter_of(*asking({{"year", "2025"}, {"month", "12"}}));
    CHECK(filter.opened_from == day(2025, 12, 1));
    CHECK(filter.opened_until == day(2026, 1, 1));
    CHECK_FALSE(filter_of(*asking({{"month", "3"}})).opened_from);
}

TEST_CASE("what the form does not offer is no query") {
    for (const auto& [name, value] : {std::pair{"year", "soon"},
                                      {"year", "2026x"},
                                      {"year", "-1"},
                                      {"year", "99999999999"},
                                      {"month", "13"},
                                      {"state", "burning"},
                                      {"before", "x"}}) {
        INFO(name << "=" << value);
        CHECK_FALSE(asking({{name, value}}));
    }
}

TEST_CASE("words are kept as typed, cut between characters, and safe in an address") {
    std::string eszett;
    for (int i = 0; i < 80; ++i) eszett += "\u00df";
    CHECK(asking({{"q", "x" + eszett}})->text.size() == 99);
    CHECK(address_of({.text = "a&b=\"<\u00e4"}, "id") == "?q=a%26b%3D%22%3C%C3%A4&before=id");
}
