// tests/unit/analytics/excess_test.cpp: a place that always reports much is not where the trouble is.
#include "analytics/excess.hpp"

#include <catch2/catch.hpp>

using namespace outcry::analytics;

TEST_CASE("places are ranked by what is above their usual share, not by their count") {
    const std::vector<PlaceCount> usually{{"US", 800}, {"CA", 100}, {"", 100}},
        now{{"US", 90}, {"CA", 60}, {"", 70}};
    const auto places = rank_places(now, usually, 100);
    REQUIRE(places.size() == 2);
    CHECK(places[0].key == "CA");
    CHECK(places[0].expected == 10.0);
    CHECK(places[0].excess() == 50);
    CHECK(places[1].key == "US");
    CHECK(places[1].excess() == 10);
}

TEST_CASE(
    "a place that has never reported has nothing usual; with too little history nothing is known of any") {
    const auto fresh = rank_places({{"DE", 7}}, {{"US", 60}}, 100);
    CHECK(fresh[0].expected == 0.0);
    const auto unknown = rank_places({{"DE", 7}, {"FR", 9}}, {{"DE", 49}, {"", 1'000}}, 100);
    CHECK(unknown[0].key == "FR");
    CHECK_FALSE(unknown[0].expected);
    CHECK(unknown[0].excess() == 9);
    CHECK(rank_places({}, {}, 0).empty());
}

TEST_CASE("regions sum up to their countries, the unsaid stays unsaid") {
    const auto countries = by_country({{"US-CA", 3}, {"US", 4}, {"DE-BE", 1}, {"", 9}});
    REQUIRE(countries.size() == 3);
    CHECK(countries[0].key.empty());
    CHECK(countries[0].count == 9);
    CHECK(countries[1].key == "DE");
    CHECK(countries[2].count == 7);
}
