// tests/unit/ingest/journal_batch_test.cpp: what goes into a journal row comes out again, and nothing else is
// believed.
#include "ingest/journal_batch.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "ingest/report_id.hpp"

using namespace outcry;
using namespace outcry::ingest;
using namespace std::chrono_literals;

namespace {

Report full_report() {
    Report report;
    report.id = make_report_id(Time{1'769'111'999'123ms});
    report.service = 33'000;
    report.at = Time{1'769'111'999'123ms};
    report.reporter.fill(0xab);
    report.prefix.fill(0xcd);
    report.works = true;
    report.category = 70'000;
    report.region = "US-CA";
    report.message = "451 4.3.2 temporary server issue — Ünïcödé \xF0\x9F\x94\xA5";
    return report;
}

}  // namespace

TEST_CASE("reports come out of a batch as they went in") {
    Report bare;
    bare.at = Time{-5ms};
    bare.service = -1;
    const std::vector reports{full_report(), bare, full_report()};
    CHECK(decode_batch(encode_batch(reports)) == reports);
    CHECK(decode_batch(encode_batch({})).empty());
}

TEST_CASE("the bytes of version 1 stay what they are, since journals outlive programs") {
    Report report;
    report.id.fill(0x11);
    report.service = 0x01020304;
    report.at = Time{0x0102030405060708ms};
    report.reporter.fill(0x22);
    report.prefix.fill(0x33);
    report.works = true;
    report.category = 5;
    report.region = "DE";
    report.message = "hi";
    const auto wanted = std::string("\x01\x01\x00\x00\x00", 5) + std::string(16, '\x11') + "\x04\x03\x02\x01" +
                        "\x08\x07\x06\x05\x04\x03\x02\x01" + std::string(16, '\x22') + std::string(8, '\x33') +
                        "\x01" + std::string("\x05\x00\x00\x00", 4) + "\x02" + "DE" +
                        std::string("\x02\x00", 2) + "hi";
    CHECK(encode_batch(std::vector{report}) == wanted);
}

TEST_CASE("the size of a report is known before it is encoded") {
    const auto one = encode_batch(std::vector{full_report()}),
               two = encode_batch(std::vector{full_report(), full_report()});
    CHECK(two.size() - one.size() == encoded_size(full_report()));
}

TEST_CASE("a batch cut anywhere is refused, and so is one with more behind it") {
    const auto whole = encode_batch(std::vector{full_report(), full_report()});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_THROWS_AS(decode_batch(std::string_view(whole).substr(0, size)), std::invalid_argument);
    }
    CHECK_THROWS_AS(decode_batch(whole + '\0'), std::invalid_argument);
}

TEST_CASE("a later version, an unknown flag and an impossible count are refused") {
    const auto whole = encode_batch(std::vector{full_report()});
    auto later = whole;
    later[0] = 2;
    CHECK_THROWS_AS(decode_batch(later), std::invalid_argument);
    auto flagged = whole;
    flagged[5 + 16 + 4 + 8 + 16 + 8] = 2;
    CHECK_THROWS_AS(decode_batch(flagged), std::invalid_argument);
    auto counted = whole;
    counted.replace(1, 4, 4, '\xff');
    CHECK_THROWS_AS(decode_batch(counted), std::invalid_argument);
}

TEST_CASE("a text that the format cannot hold is refused when it is written") {
    auto report = full_report();
    report.message.assign(70'000, 'x');
    CHECK_THROWS_AS(encode_batch(std::vector{report}), std::length_error);
}
