// server/outbound/address_rules.cpp: the networks that are not public, after the special-purpose registries of
// IANA (RFC 6890 and its successors).
#include "server/outbound/address_rules.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/network_v4.hpp>
#include <optional>
#include <stdexcept>

namespace outcry::outbound {

namespace ip = boost::asio::ip;

namespace {

struct Special {
    ip::network_v6 network;
    std::string_view what;
};

/// "a.b.c.d/n" as the mapped IPv6 network it is, so that one comparison serves both families.
ip::network_v6 parse_network(const std::string& text) {
    const auto slash = text.find('/');
    const auto address = ip::make_address(text.substr(0, slash));
    if (address.is_v6()) {
        if (!address.to_v6().scope_id() && slash == std::string::npos) return {address.to_v6(), 128};
        return ip::make_network_v6(text);
    }
    const auto network =
        slash == std::string::npos ? ip::network_v4(address.to_v4(), 32) : ip::make_network_v4(text);
    return {ip::make_address_v6(ip::v4_mapped, network.network()),
            static_cast<unsigned short>(network.prefix_length() + 96)};
}

bool within(const ip::network_v6& network, const ip::address_v6& address) {
    return ip::network_v6(address, network.prefix_length()).canonical().address() ==
           network.canonical().address();
}

ip::address_v6 as_v6(const ip::address& address) {
    if (address.is_v4()) return ip::make_address_v6(ip::v4_mapped, address.to_v4());
    return ip::address_v6(address.to_v6().to_bytes());  // without its scope
}

/// The first that matches names the reason; mapped IPv4 has its own part.
const std::vector<Special>& special_networks() {
    static const auto all = [] {
        constexpr std::array<std::pair<const char*, std::string_view>, 30> table{{
            {"0.0.0.0/8", "unspecified"},
            {"10.0.0.0/8", "private"},
            {"100.64.0.0/10", "carrier NAT"},
            {"127.0.0.0/8", "loopback"},
            {"169.254.169.254/32", "cloud metadata"},
            {"169.254.0.0/16", "link-local"},
            {"172.16.0.0/12", "private"},
            {"192.0.0.0/24", "protocol"},
            {"192.0.2.0/24", "documentation"},
            {"192.31.196.0/24", "protocol"},
            {"192.52.193.0/24", "protocol"},
            {"192.88.99.0/24", "6to4 relay"},
            {"192.168.0.0/16", "private"},
            {"192.175.48.0/24", "protocol"},
            {"198.18.0.0/15", "benchmarking"},
            {"198.51.100.0/24", "documentation"},
            {"203.0.113.0/24", "documentation"},
            {"168.63.129.16/32", "cloud metadata"},
            {"224.0.0.0/4", "multicast"},
            {"240.0.0.0/4", "reserved"},
            {"::/128", "unspecified"},
            {"::1/128", "loopback"},
            {"64:ff9b::/96", "NAT64"},
            {"64:ff9b:1::/48", "NAT64"},
            {"fc00::/7", "private"},
            {"fe80::/10", "link-local"},
            {"ff00::/8", "multicast"},
            {"2002::/16", "6to4"},
            {"2001::/23", "protocol"},
            {"2001:db8::/32", "documentation"},
        }};
        std::vector<Special> networks;
        for (const auto& [network, what] : table) networks.push_back({parse_network(network), what});
        networks.push_back({parse_network("3fff::/20"), "documentation"});
        return networks;
    }();
    return all;
}

/// What is neither mapped IPv4 nor the part of IPv6 that is given out (RFC 4291) leads nowhere public.
std::string_view outside_unicast(const ip::address_v6& address) {
    static const auto unicast = parse_network("2000::/3");
    return within(unicast, address) ? std::string_view{} : "reserved";
}

}  // namespace

AddressRules::AddressRules(const std::vector<std::string>& allowed) {
    for (const auto& text : allowed) {
        try {
            allowed_.push_back(parse_network(text));
        } catch (const std::exception&) {
            throw std::invalid_argument("'" + text +
                                        "' is not a network; write it like 10.0.0.0/8 or fd00::/8");
        }
    }
}

bool AddressRules::allows(const ip::address& address) const {
    const auto wide = as_v6(address);
    return std::any_of(allowed_.begin(), allowed_.end(),
                       [&](const auto& network) { return within(network, wide); });
}

std::string_view AddressRules::refuses(const ip::address& address) const {
    if (allows(address)) return {};
    const auto wide = as_v6(address);
    for (const auto& [network, what] : special_networks())
        if (within(network, wide)) return what;
    return wide.is_v4_mapped() ? std::string_view{} : outside_unicast(wide);
}

}  // namespace outcry::outbound
