// tests/unit/ingest/idempotency_test.cpp: the same key is the same report, and means nothing to anyone else.
#include "ingest/idempotency.hpp"

#include <catch2/catch.hpp>

#include "ingest/report_id.hpp"

using namespace outcry;
using namespace outcry::ingest;
using namespace std::chrono_literals;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const ReporterKey anna{1}, bert{2};

}  // namespace

TEST_CASE("a UUIDv7 of the last quarter hour keeps its time and is one identity for each service") {
    for (const auto age : {0min, 7min, 15min}) {
        const auto own = to_text(make_report_id(noon - age));
        const auto id = report_id_for(own, anna, 7, noon);
        REQUIRE(id);
        CHECK(time_of(*id) == noon - age);
        CHECK(report_id_for(own, anna, 7, noon + 10s - age) == id);
        CHECK(report_id_for(own, bert, 7, noon) == id);
        CHECK(report_id_for(own, anna, 8, noon) != id);
        CHECK(parse_report_id(to_text(*id)) == id);
    }
}

TEST_CASE("a UUIDv7 of another time is a key like any other") {
    for (const auto made : {noon - 16min, noon - 61min, noon + 2min, noon + 59min}) {
        const auto own = make_report_id(made);
        const auto id = report_id_for(to_text(own), anna, 7, noon);
        REQUIRE(id);
        CHECK(time_of(*id) == Time{window_of(noon)});
    }
}

TEST_CASE("any other key is one identity for each reporter, service and window") {
    const auto id = report_id_for("order-17", anna, 7, noon + 1min);
    REQUIRE(id);
    CHECK(report_id_for("order-17", anna, 7, noon + 14min) == id);
    CHECK(report_id_for("order-17", bert, 7, noon + 1min) != id);
    CHECK(report_id_for("order-17", anna, 8, noon + 1min) != id);
    CHECK(report_id_for("order-18", anna, 7, noon + 1min) != id);
    CHECK(report_id_for("order-17", anna, 7, noon + 15min) != id);
    CHECK(parse_report_id(to_text(*id)) == id);
    CHECK(time_of(*id) == noon);
}

TEST_CASE("a key that is empty, too long or not visible ASCII is refused") {
    CHECK(report_id_for(std::string(255, 'k'), anna, 7, noon));
    for (const auto& key : {std::string(), std::string(256, 'k'), std::string("a b"), std::string("a\tb"),
                            std::string("\xc3\xa9")}) {
        INFO(key);
        CHECK_FALSE(report_id_for(key, anna, 7, noon));
    }
}
