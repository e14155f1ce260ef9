// tests/unit/ingest/counting_test.cpp: each rule of what counts, one by one.
#include "ingest/counting.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <vector>

using namespace outcry::ingest;

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> bytes_of(std::uint64_t number) {
    std::array<std::uint8_t, N> bytes{};
    std::memcpy(bytes.data() + N - sizeof number, &number, sizeof number);
    // Keys are keyed hashes in earnest: the first eight bytes differ too.
    number *= 0x9e3779b97f4a7c15;
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

/// A report with an id of its own.
Report by(std::uint64_t reporter, std::uint64_t prefix = 1, outcry::analytics::ServiceId service = 1) {
    static std::uint64_t last = 0;
    Report report;
    report.id = bytes_of<16>(++last);
    report.service = service;
    report.reporter = bytes_of<16>(reporter);
    report.prefix = bytes_of<8>(prefix);
    return report;
}

std::uint32_t counted_of_one_prefix(std::uint32_t reporters) {
    WindowLedger ledger;
    std::uint32_t counted = 0;
    for (std::uint32_t i = 0; i < reporters; ++i)
        counted += ledger.rule(by(i)).outcome == Outcome::counted ? 1 : 0;
    return counted;
}

}  // namespace

TEST_CASE("a first report counts") {
    CHECK(WindowLedger{}.rule(by(1)).outcome == Outcome::counted);
}

TEST_CASE("the same report again is known, whatever became of it the first time") {
    WindowLedger ledger;
    const auto first = by(1), repeat = by(1);
    ledger.rule(first);
    ledger.rule(repeat);
    CHECK(ledger.rule(first).outcome == Outcome::known);
    CHECK(ledger.rule(repeat).outcome == Outcome::known);
    CHECK(ledger.size() == 2);
}

TEST_CASE("a reporter counts once, and is led back to the report that did") {
    WindowLedger ledger;
    const auto first = by(1);
    ledger.rule(first);
    const auto ruling = ledger.rule(by(1, 99));
    CHECK(ruling.outcome == Outcome::repeated);
    CHECK(ruling.first == first.id);
    CHECK(ruling.first_counted);
    CHECK_FALSE(ruling.adds_detail);
}

TEST_CASE("a reporter counts once for each service, and once for saying that it works") {
    WindowLedger ledger;
    auto works = by(1, 1, 1);
    works.works = true;
    CHECK(ledger.rule(by(1, 1, 1)).outcome == Outcome::counted);
    CHECK(ledger.rule(by(1, 1, 2)).outcome == Outcome::counted);
    CHECK(ledger.rule(works).outcome == Outcome::counted);
}

TEST_CASE("a repeated reporter adds what the first report lacked, each detail once") {
    WindowLedger ledger;
    auto first = by(1), category = by(1), all = by(1), again = by(1);
    first.region = "DE";
    category.category = 7;
    all.category = 8;
    all.region = "FR";
    all.message = "no mail";
    again.message = "still no mail";
    ledger.rule(first);

    const auto second = ledger.rule(category);
    CHECK(second.adds_detail);
    CHECK(second.adds_category);
    CHECK_FALSE(second.adds_region);
    CHECK_FALSE(second.adds_message);
    const auto third = ledger.rule(all);
    CHECK_FALSE(third.adds_category);
    CHECK_FALSE(third.adds_region);
    CHECK(third.adds_message);
    CHECK_FALSE(ledger.rule(again).adds_detail);
}

TEST_CASE("a prefix gives all of its first eight, then ever less of each doubling") {
    CHECK(prefix_share(0) == 0);
    CHECK(prefix_share(1) == 1);
    CHECK(prefix_share(8) == 8);
    CHECK(prefix_share(9) == 9);
    CHECK(prefix_share(10) == 10);
    CHECK(prefix_share(11) == 11);
    CHECK(prefix_share(12) == 12);
    CHECK(prefix_share(13) == 13);
    CHECK(prefix_share(14) == 14);
    CHECK(prefix_share(15) == 15);
    CHECK(prefix_share(16) == 16);
    CHECK(prefix_share(17) == 16);
    CHECK(prefix_share(32) == 24);
    CHECK(prefix_share(64) == 32);
    CHECK(prefix_share(3'000) == 76);
    CHECK(prefix_share(100'000) == 116);
}

TEST_CASE("as many of a prefix count as its share says, at every number of reporters") {
    for (const std::uint32_t n : {1u, 8u, 9u, 17u, 100u, 3'000u}) {
        CAPTURE(n);
        CHECK(counted_of_one_prefix(n) == prefix_share(n));
    }
}

TEST_CASE("prefixes have their shares apart, for each service and for saying that it works") {
    WindowLedger ledger;
    for (std::uint64_t i = 0; i < 17; ++i) ledger.rule(by(i));
    CHECK(ledger.rule(by(100)).outcome == Outcome::counted);  // the 18th: share(18) is 17
    CHECK(ledger.rule(by(101)).outcome == Outcome::limited);
    CHECK(ledger.rule(by(101, 2)).outcome == Outcome::repeated);
    CHECK(ledger.rule(by(102, 2)).outcome == Outcome::counted);
    CHECK(ledger.rule(by(102, 1, 2)).outcome == Outcome::counted);
    auto works = by(102);
    works.works = true;
    CHECK(ledger.rule(works).outcome == Outcome::counted);
}

TEST_CASE(
    "one loud reporter uses up nothing of its prefix, and a limited one does not get in by trying again") {
    WindowLedger ledger;
    for (int i = 0; i < 10'000; ++i) ledger.rule(by(0));
    for (std::uint64_t i = 1; i < 16; ++i) CHECK(ledger.rule(by(i)).outcome == Outcome::counted);
    REQUIRE(ledger.rule(by(16)).outcome == Outcome::limited);
    for (int i = 0; i < 100; ++i) {
        const auto ruling = ledger.rule(by(16));
        CHECK(ruling.outcome == Outcome::repeated);
        CHECK_FALSE(ruling.first_counted);
    }
}

TEST_CASE("a ledger put back from what was stored rules as the one that stored it") {
    WindowLedger lived;
    std::vector<std::pair<Report, Outcome>> stored;
    const auto see = [&](Report report, int detail) {
        if (detail == 1) report.category = 3;
        if (detail == 2) report.message = "slow";
        const auto ruling = lived.rule(report);
        if (ruling.outcome != Outcome::known) stored.emplace_back(report, ruling.outcome);
    };
    for (std::uint64_t i = 0; i < 400; ++i)
        see(by(i % 150, i % 3, static_cast<int>(i % 2)), static_cast<int>(i % 5));

    WindowLedger restored;
    for (const auto& [report, outcome] : stored) restored.restore(report, outcome);
    for (std::uint64_t i = 0; i < 400; ++i) {
        auto next = by(i, i % 4, static_cast<int>(i % 3));
        if (i % 7 == 0) next = stored[i].first;
        if (i % 5 == 0) next.region = "SE";
        const auto one = lived.rule(next), other = restored.rule(next);
        CHECK(one.outcome == other.outcome);
        CHECK(one.first == other.first);
        CHECK(one.first_counted == other.first_counted);
        CHECK(one.adds_detail == other.adds_detail);
    }
}
