// server/feeder/target.hpp: where reports are sent to.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace outcry::feeder {

struct Target {
    std::string host;
    std::uint16_t port = 80;
    std::string base_path;  // empty, or "/outcry": no slash at its end

    /// As a Host header says it.
    std::string authority() const;
};

/// "http://host[:port][/base]". Throws std::invalid_argument with a sentence when it is anything else.
Target parse_target(std::string_view url);

/// Looks the host up. Throws std::runtime_error with a sentence when it is unknown.
boost::asio::ip::tcp::endpoint endpoint_of(const Target&);

}  // namespace outcry::feeder
