// tests/unit/ingest/reporter_test.cpp: who counts as one reporter, and that nobody can be read out of a key.
#include "ingest/reporter.hpp"

#include <catch2/catch.hpp>

using namespace outcry::ingest;
using boost::asio::ip::make_address;

namespace {

ReporterSecrets secrets(std::uint8_t token, std::uint8_t salt) {
    ReporterSecrets made;
    made.token_key.fill(token);
    made.daily_salt.fill(salt);
    return made;
}

const auto today = secrets(1, 2);

}  // namespace

TEST_CASE("one address without a token is one reporter for a day") {
    const auto address = make_address("192.0.2.7");
    CHECK(reporter_key(today, address, "") == reporter_key(today, address, ""));
    CHECK(reporter_key(today, address, "") != reporter_key(secrets(1, 3), address, ""));
    CHECK(reporter_key(today, address, "") != reporter_key(today, make_address("192.0.2.8"), ""));
}

TEST_CASE("people behind one address with tokens of their own stay distinct") {
    const auto address = make_address("192.0.2.7");
    const auto one = make_client_token(today), other = make_client_token(today);
    CHECK(reporter_key(today, address, one) == reporter_key(today, address, one));
    CHECK(reporter_key(today, address, one) != reporter_key(today, address, other));
    CHECK(reporter_key(today, address, one) != reporter_key(today, address, ""));
    CHECK(reporter_key(today, address, one) != reporter_key(today, make_address("192.0.2.8"), one));
}

TEST_CASE("a token that was not signed here says nothing") {
    const auto address = make_address("192.0.2.7");
    const auto foreign = make_client_token(secrets(9, 2));
    auto bent = make_client_token(today);
    bent[3] = bent[3] == 'A' ? 'B' : 'A';
    for (const std::string& token :
         {foreign, bent, make_client_token(today) + "A", std::string("=="), std::string(300, 'A')}) {
        CAPTURE(token);
        CHECK_FALSE(is_valid_client_token(today, token));
        CHECK(reporter_key(today, address, token) == reporter_key(today, address, ""));
    }
}

TEST_CASE("a token is URL-safe text of 43 characters and outlives the day's salt") {
    const auto token = make_client_token(today);
    CHECK(token.size() == 43);
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    CHECK(is_valid_client_token(secrets(1, 77), token));
}

TEST_CASE("an IPv4 address inside IPv6 is the IPv4 address") {
    const auto plain = make_address("192.0.2.7"), mapped = make_address("::ffff:192.0.2.7");
    CHECK(reporter_key(today, plain, "") == reporter_key(today, mapped, ""));
    CHECK(prefix_key(today, plain) == prefix_key(today, mapped));
}

TEST_CASE("a /64 of IPv6 is one reporter, and a /48 or /24 one prefix") {
    const auto key = [](const char* address) { return reporter_key(today, make_address(address), ""); };
    const auto prefix = [](const char* address) { return prefix_key(today, make_address(address)); };
    CHECK(key("2001:db8:1:2::1") == key("2001:db8:1:2:ffff::9"));
    CHECK(key("2001:db8:1:2::1") != key("2001:db8:1:3::1"));
    CHECK(prefix("2001:db8:1:2::1") == prefix("2001:db8:1:3::1"));
    CHECK(prefix("2001:db8:1::1") != prefix("2001:db8:2::1"));
    CHECK(prefix("192.0.2.1") == prefix("192.0.2.200"));
    CHECK(prefix("192.0.2.1") != prefix("192.0.3.1"));
}
