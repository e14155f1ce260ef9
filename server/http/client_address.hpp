// server/http/client_address.hpp: who is asking, when proxies that we trust stand in between. Pure.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/fields.hpp"

namespace outcry::http {

/// The networks whose X-Forwarded-For is believed.
class TrustedProxies {
 public:
    /// "10.0.0.0/8", "2001:db8::/32", or one address. Throws std::invalid_argument naming the entry that is
    /// none of these.
    explicit TrustedProxies(const std::vector<std::string>& networks);
    bool contains(const boost::asio::ip::address&) const;

 private:
    struct Network {
        boost::asio::ip::address_v6::bytes_type bytes;  // IPv4 as mapped IPv6
        unsigned bits;
    };
    std::vector<Network> networks_;
};

/// Walks X-Forwarded-For from the right for as long as the address at hand is a trusted proxy; what stands
/// further left was written by the client itself and is not believed. An entry that is no address ends the
/// walk.
boost::asio::ip::address client_address(const boost::asio::ip::address& peer, const Fields& headers,
                                        const TrustedProxies&);

/// Whether a trusted proxy says (X-Forwarded-Proto, last entry) that https was spoken with it.
bool came_by_https(const boost::asio::ip::address& peer, const Fields& headers, const TrustedProxies&);

}  // namespace outcry::http
