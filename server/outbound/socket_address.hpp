// server/outbound/socket_address.hpp: the address in the C library's own structure; internal to outbound.
#pragma once
#include <netinet/in.h>

#include <boost/asio/ip/address.hpp>
#include <cstring>

namespace outcry::outbound {

/// `from` must be the beginning of a sockaddr_in or a sockaddr_in6.
inline boost::asio::ip::address address_from(const sockaddr& from) {
    if (from.sa_family == AF_INET)
        return boost::asio::ip::address_v4(ntohl(reinterpret_cast<const sockaddr_in&>(from).sin_addr.s_addr));
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
    boost::asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return boost::asio::ip::address_v6(bytes, v6.sin6_scope_id);
}

}  // namespace outcry::outbound
