// server/outbound/address_rules.hpp: which addresses a request may go to when an operator chose where. Pure.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace outcry::outbound {

/// Public addresses alone, unless a network was named in the settings of this machine.
class AddressRules {
 public:
    /// "10.0.0.0/8", "fd00::/8", or one address. Throws std::invalid_argument naming the entry that is none.
    explicit AddressRules(const std::vector<std::string>& allowed = {});

    /// What makes this address one that no request goes to, such as "loopback" or "private"; empty when one
    /// may.
    std::string_view refuses(const boost::asio::ip::address&) const;

    /// True in a network that the settings name: there, and nowhere else, http without TLS is let through.
    bool allows(const boost::asio::ip::address&) const;

 private:
    std::vector<boost::asio::ip::network_v6> allowed_;  // IPv4 as mapped IPv6
};

}  // namespace outcry::outbound
