// ingest/network.hpp: the parts of an address by which clients are told apart and kept within bounds.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <cstdint>

namespace outcry::ingest {

/// The first bits of an address. An IPv4 address inside IPv6 (::ffff:a.b.c.d) counts as the IPv4 address it is.
struct Network {
    std::uint64_t bits = 0;   // the kept bits, from the top; the rest is zero
    std::uint8_t length = 0;  // how many bits are kept
    std::uint8_t family = 0;  // 4 or 6

    friend bool operator==(const Network&, const Network&) = default;
};

/// One client: IPv4 whole, IPv6 its /64.
Network host_of(const boost::asio::ip::address&);

/// The network round it: IPv4 /24, IPv6 /48.
Network network_of(const boost::asio::ip::address&);

/// For Boost's hash tables.
inline std::size_t hash_value(const Network& network) {
    const auto kind = std::uint64_t{network.length} | std::uint64_t{network.family} << 8;
    const auto mixed = (network.bits ^ kind) * 0x9e3779b97f4a7c15;
    return mixed ^ mixed >> 32;
}

}  // namespace outcry::ingest
