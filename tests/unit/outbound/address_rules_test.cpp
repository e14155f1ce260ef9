// tests/unit/outbound/address_rules_test.cpp: no request goes where only this machine or its neighbours are.
#include "server/outbound/address_rules.hpp"

#include <catch2/catch.hpp>

using outcry::outbound::AddressRules;

namespace {

std::string refused(const std::string& address, const std::vector<std::string>& allowed = {}) {
    return std::string(AddressRules(allowed).refuses(boost::asio::ip::make_address(address)));
}

}  // namespace

TEST_CASE("every kind of address that is not public is refused, and named") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"127.0.0.1", "loopback"},
        {"127.255.255.254", "loopback"},
        {"0.0.0.0", "unspecified"},
        {"10.0.0.1", "private"},
        {"172.16.0.1", "private"},
        {"172.31.255.255", "private"},
        {"192.168.1.1", "private"},
        {"100.64.0.1", "carrier NAT"},
        {"100.100.100.200", "carrier NAT"},
        {"169.254.169.254", "cloud metadata"},
        {"169.254.1.1", "link-local"},
        {"168.63.129.16", "cloud metadata"},
        {"192.0.0.192", "protocol"},
        {"198.18.0.1", "benchmarking"},
        {"192.88.99.1", "6to4 relay"},
        {"224.0.0.1", "multicast"},
        {"255.255.255.255", "reserved"},
        {"203.0.113.5", "documentation"},
        {"::", "unspecified"},
        {"::1", "loopback"},
        {"::127.0.0.1", "reserved"},
        {"::ffff:127.0.0.1", "loopback"},
        {"::ffff:10.1.2.3", "private"},
        {"::ffff:169.254.169.254", "cloud metadata"},
        {"64:ff9b::7f00:1", "NAT64"},
        {"64:ff9b::808:808", "NAT64"},
        {"64:ff9b:1::7f00:1", "NAT64"},
        {"2002:7f00:1::1", "6to4"},
        {"2002:808:808::1", "6to4"},
        {"2001:0:4136:e378::1", "protocol"},
        {"2001:db8::1", "documentation"},
        {"3fff::1", "documentation"},
        {"fd00:ec2::254", "private"},
        {"fc00::1", "private"},
        {"fe80::1", "link-local"},
        {"fec0::1", "reserved"},
        {"ff02::1", "multicast"},
        {"4000::1", "reserved"},
    };
    for (const auto& [address, kind] : table) {
        CAPTURE(address);
        CHECK(refused(address) == kind);
    }
}

TEST_CASE("public addresses are let through, also those beside a refused network") {
    for (const auto* address :
         {"8.8.8.8", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "100.63.255.255",
          "100.128.0.0", "168.63.129.15", "223.255.255.255", "::ffff:8.8.8.8", "2600::1", "2a00:1450::1",
          "2001:4860:4860::8888", "2003::1"}) {
        CAPTURE(address);
        CHECK(refused(address).empty());
    }
}

TEST_CASE("a network that the settings name is let through to the bit, in either way of writing") {
    CHECK(refused("10.1.2.3", {"10.1.2.0/24"}).empty());
    CHECK(refused("::ffff:10.1.2.3", {"10.1.2.0/24"}).empty());
    CHECK(refused("10.1.3.3", {"10.1.2.0/24"}) == "private");
    CHECK(refused("127.0.0.2", {"127.0.0.2"}).empty());
    CHECK(refused("127.0.0.1", {"127.0.0.2"}) == "loopback");
    CHECK(refused("fd00:1::9", {"fd00:1::/32"}).empty());
    CHECK(refused("fd00:2::9", {"fd00:1::/32"}) == "private");
    CHECK(AddressRules({"10.1.2.0/24"}).allows(boost::asio::ip::make_address("10.1.2.3")));
    CHECK_FALSE(AddressRules({"10.1.2.0/24"}).allows(boost::asio::ip::make_address("8.8.8.8")));
}

TEST_CASE("what is no network is refused by name") {
    for (const auto* text :
         {"", "10.0.0.0/33", "localhost", "10.0.0", "fd00::/129", "10.0.0.0/-1", "10.0.0.0/8x"})
        CHECK_THROWS_WITH(AddressRules({text}), Catch::Contains("'" + std::string(text) + "'"));
}
