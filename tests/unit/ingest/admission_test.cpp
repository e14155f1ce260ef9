// tests/unit/ingest/admission_test.cpp: buckets empty, refill with the clock, and never grow in number without
// bound.
#include "ingest/admission.hpp"

#include <catch2/catch.hpp>

using namespace outcry;
using namespace outcry::ingest;
using namespace std::chrono_literals;
using boost::asio::ip::make_address;
using boost::asio::ip::make_address_v4;

namespace {

const auto noon = Time{1'769'083'200s};
const auto host = make_address("198.51.100.4");

AdmissionLimits small() {
    AdmissionLimits limits;
    limits.per_address_burst = 3;
    limits.per_address_per_minute = 6;
    limits.per_network_burst = 5;
    limits.per_network_per_minute = 60;
    return limits;
}

int admitted(Admission& admission, const boost::asio::ip::address& address, int times, Time now) {
    int yes = 0;
    for (int i = 0; i < times; ++i) yes += admission.admit(address, now).yes ? 1 : 0;
    return yes;
}

}  // namespace

TEST_CASE("an address may burst, then is told when to come back, and is right to") {
    Admission admission(small());
    CHECK(admitted(admission, host, 10, noon) == 3);
    const auto refused = admission.admit(host, noon);
    CHECK_FALSE(refused.yes);
    CHECK(refused.retry_after == 10s);
    CHECK_FALSE(admission.admit(host, noon + 9s).yes);
    CHECK(admission.admit(host, noon + 10s).yes);
}

TEST_CASE("a bucket refills up to its burst and no further") {
    Admission admission(small());
    admitted(admission, host, 3, noon);
    CHECK(admitted(admission, host, 10, noon + 24h) == 3);
}

TEST_CASE("a network has a limit of its own, which a refused host does not use up") {
    Admission admission(small());
    admitted(admission, host, 100, noon);
    CHECK(admitted(admission, make_address("198.51.100.5"), 10, noon) == 2);
    CHECK(admitted(admission, make_address("198.51.100.6"), 10, noon) == 0);
    CHECK(admitted(admission, make_address("198.51.101.6"), 10, noon) == 3);
}

TEST_CASE("a clock that steps back gives nothing and takes nothing") {
    Admission admission(small());
    admitted(admission, host, 2, noon);
    CHECK(admitted(admission, host, 10, noon - 1h) == 1);
    CHECK(admitted(admission, host, 10, noon) == 0);
}

TEST_CASE("three thousand people behind one carrier address get through within a quarter of an hour") {
    Admission admission;
    int yes = 0;
    for (int i = 0; i < 3'000; ++i) yes += admission.admit(host, noon + i * 300ms).yes ? 1 : 0;
    CHECK(yes >= 2'970);
}

TEST_CASE("prefixes are bounded: the ones not seen for longest are forgotten, the loud one is not") {
    auto limits = small();
    limits.most_prefixes = 1'000;
    Admission admission(limits);
    admitted(admission, host, 3, noon);
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        admission.admit(make_address_v4(0x0b000000 + i * 256), noon);
        CHECK_FALSE(admission.admit(host, noon).yes);
    }
    CHECK(admission.prefixes() <= 1'000);
}
