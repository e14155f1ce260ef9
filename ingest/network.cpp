// ingest/network.cpp: cuts addresses to the prefixes of network.hpp.
#include "ingest/network.hpp"

namespace outcry::ingest {
namespace {

Network cut(const boost::asio::ip::address& address, std::uint8_t v4_length, std::uint8_t v6_length) {
    using boost::asio::ip::make_address_v4;
    const bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
    if (address.is_v4() || mapped) {
        const auto v4 = mapped ? make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()) : address.to_v4();
        const auto bits = std::uint64_t{v4.to_uint()} << 32;
        return {bits & ~std::uint64_t{0} << (64 - v4_length), v4_length, 4};
    }
    std::uint64_t bits = 0;
    const auto bytes = address.to_v6().to_bytes();
    for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | bytes[i];
    return {bits & ~std::uint64_t{0} << (64 - v6_length), v6_length, 6};
}

}  // namespace

Network host_of(const boost::asio::ip::address& address) {
    return cut(address, 32, 64);
}
Network network_of(const boost::asio::ip::address& address) {
    return cut(address, 24, 48);
}

}  // namespace outcry::ingest
