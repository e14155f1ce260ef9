// tests/unit/http/client_address_test.cpp: only what trusted proxies wrote is believed.
#include "server/http/client_address.hpp"

#include <catch2/catch.hpp>

using namespace outcry::http;
namespace ip = boost::asio::ip;

namespace {

std::string seen(const std::string& peer, const Fields& headers, const std::vector<std::string>& trusted) {
    return client_address(ip::make_address(peer), headers, TrustedProxies(trusted)).to_string();
}

}  // namespace

TEST_CASE("a peer that is no proxy of ours is the client, whatever it claims") {
    CHECK(seen("203.0.113.9", {{"x-forwarded-for", "1.2.3.4"}}, {"10.0.0.0/8"}) == "203.0.113.9");
    CHECK(seen("203.0.113.9", {{"x-forwarded-for", "1.2.3.4"}}, {}) == "203.0.113.9");
}

TEST_CASE("addresses are counted from the right, past every proxy of ours") {
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "1.2.3.4"}}, {"10.0.0.0/8"}) == "1.2.3.4");
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "6.6.6.6, 1.2.3.4"}}, {"10.0.0.0/8"}) == "1.2.3.4");
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "6.6.6.6, 1.2.3.4 ,10.9.9.9"}}, {"10.0.0.0/8"}) == "1.2.3.4");
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "6.6.6.6"}, {"x-forwarded-for", "1.2.3.4"}}, {"10.0.0.0/8"}) ==
          "1.2.3.4");
}

TEST_CASE("an entry that is no address ends the walk at the proxy that wrote it") {
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "unknown"}}, {"10.0.0.0/8"}) == "10.0.0.1");
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", ""}}, {"10.0.0.0/8"}) == "10.0.0.1");
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "1.2.3.4, bad, 10.0.0.2"}}, {"10.0.0.0/8"}) == "10.0.0.2");
    CHECK(seen("10.0.0.1", {{"x-forwarded-for", "fe80::1%eth0"}}, {"10.0.0.0/8"}) == "10.0.0.1");
}

TEST_CASE("IPv6, ports and IPv4 written as IPv6 are understood") {
    CHECK(seen("::1", {{"x-forwarded-for", "2001:db8::7"}}, {"::1"}) == "2001:db8::7");
    CHECK(seen("::1", {{"x-forwarded-for", "[2001:db8::7]:443"}}, {"::1/128"}) == "2001:db8::7");
    CHECK(seen("::ffff:127.0.0.1", {{"x-forwarded-for", "1.2.3.4:5678"}}, {"127.0.0.0/8"}) == "1.2.3.4");
    CHECK(seen("::ffff:9.9.9.9", {}, {}) == "9.9.9.9");
}

TEST_CASE("networks are matched to the bit") {
    const TrustedProxies trusted({"192.168.4.0/22", "2001:db8:8000::/33"});
    CHECK(trusted.contains(ip::make_address("192.168.7.255")));
    CHECK_FALSE(trusted.contains(ip::make_address("192.168.8.0")));
    CHECK(trusted.contains(ip::make_address("2001:db8:ffff::1")));
    CHECK_FALSE(trusted.contains(ip::make_address("2001:db8:7fff::1")));
    CHECK_FALSE(trusted.contains(ip::make_address("::1")));
    CHECK(TrustedProxies({"0.0.0.0/0"}).contains(ip::make_address("8.8.8.8")));
    CHECK_FALSE(TrustedProxies({"0.0.0.0/0"}).contains(ip::make_address("2001:db8::1")));
}

TEST_CASE("a network that is none is refused by name") {
    for (const auto* text : {"10.0.0.0/33", "ten", "10.0.0.0/", "10.0.0.0/8x", "", "::/129"}) {
        INFO(text);
        CHECK_THROWS_WITH(TrustedProxies({text}), Catch::Contains("'" + std::string(text) + "'"));
    }
}
