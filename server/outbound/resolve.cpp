// server/outbound/resolve.cpp: getaddrinfo, told not to wait for ever.
#include "server/outbound/resolve.hpp"

#include <netdb.h>
#include <resolv.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "server/outbound/socket_address.hpp"

namespace outcry::outbound {

namespace ip = boost::asio::ip;

namespace {

/// Of this thread: two seconds for each name server, asked once. The usual is five seconds, twice.
void be_impatient() {
    if (!(_res.options & RES_INIT)) res_init();
    _res.retrans = 2;
    _res.retry = 1;
}

}  // namespace

std::vector<ip::address> resolve_by_system(const std::string& host) {
    be_impatient();
    addrinfo wanted{}, *found = nullptr;
    wanted.ai_socktype = SOCK_STREAM;
    if (const int problem = getaddrinfo(host.c_str(), nullptr, &wanted, &found); problem != 0)
        throw std::runtime_error(gai_strerror(problem));
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner{found, &freeaddrinfo};
    std::vector<ip::address> addresses;
    for (const auto* one = found; one; one = one->ai_next)
        if (one->ai_family == AF_INET || one->ai_family == AF_INET6) {
            const auto address = address_from(*one->ai_addr);
            if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
                addresses.push_back(address);
        }
    return addresses;
}

}  // namespace outcry::outbound
