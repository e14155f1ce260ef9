// server/outbound/resolve.hpp: from a host's name to its addresses.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <string>
#include <vector>

namespace outcry::outbound {

/// Every address of a host; may block for some seconds. Throws std::runtime_error with the cause.
using Resolve = std::function<std::vector<boost::asio::ip::address>(const std::string& host)>;

/// As this machine resolves names (/etc/hosts, DNS), with short patience. Numbers in any form that connect()
/// would take (2130706433, 0x7f.1, 0177.0.0.1) come out as the address they stand for.
std::vector<boost::asio::ip::address> resolve_by_system(const std::string& host);

}  // namespace outcry::outbound
