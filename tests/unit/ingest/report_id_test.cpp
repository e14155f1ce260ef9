// tests/unit/ingest/report_id_test.cpp: UUIDv7 carries its time and survives being written down.
#include "ingest/report_id.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace outcry;
using namespace outcry::ingest;
using namespace std::chrono_literals;

TEST_CASE("a report's identity carries the millisecond it was made for") {
    const auto at = Time{1'769'111'999'123ms};
    CHECK(time_of(make_report_id(at)) == at);
}

TEST_CASE("the example of RFC 9562 reads and prints the same, and its time is the one stated there") {
    const auto id = parse_report_id("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    REQUIRE(id);
    CHECK(to_text(*id) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    CHECK(time_of(*id) == Time{0x017f22e279b0 * 1ms});
}

TEST_CASE("identities of one millisecond differ") {
    std::set<ReportId> ids;
    for (int i = 0; i < 10'000; ++i) ids.insert(make_report_id(Time{1s}));
    CHECK(ids.size() == 10'000);
}

TEST_CASE("text that is no UUIDv7 is not taken for one") {
    for (const char* text : {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                             "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",  // version 4
                             "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",  // another variant
                             "017f22e2x79b0-7cc3-98c4-dc0c0c07398f",  // no dash
                             "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f",  // no digit
                             "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_report_id(text));
    }
}
