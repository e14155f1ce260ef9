// server/feeder/target.cpp: reads and looks up the address of an instance.
#include "server/feeder/target.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <charconv>
#include <stdexcept>

namespace outcry::feeder {

std::string Target::authority() const {
    const bool v6 = host.find(':') != std::string::npos;
    return v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Target parse_target(std::string_view url) {
    const auto wrong = [&](std::string_view why) {
        return std::invalid_argument(fmt::format("\"{}\" {}; write it as http://127.0.0.1:8080", url, why));
    };
    constexpr std::string_view scheme = "http://";
    if (url.starts_with("https://"))
        throw wrong("is https, which reports are not sent over; use the address behind the proxy");
    if (!url.starts_with(scheme)) throw wrong("does not begin with http://");
    auto rest = url.substr(scheme.size());

    Target target;
    if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
        target.base_path = rest.substr(slash);
        while (target.base_path.ends_with('/')) target.base_path.pop_back();
        rest = rest.substr(0, slash);
    }
    if (target.base_path.find_first_of("?# \r\n") != std::string::npos)
        throw wrong("has more than a path behind its host");
    const auto bracket = rest.find(']');
    const auto colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    auto host = rest.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    target.host = host;
    if (target.host.empty() || target.host.find_first_of("@ \r\n") != std::string::npos)
        throw wrong("has no host");
    if (colon == std::string_view::npos) return target;

    const auto digits = rest.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), target.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || target.port == 0)
        throw wrong("has no valid port");
    return target;
}

boost::asio::ip::tcp::endpoint endpoint_of(const Target& target) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::resolver resolver(io);
    boost::system::error_code error;
    const auto found = resolver.resolve(target.host, std::to_string(target.port), error);
    if (error || found.empty()) {
        throw std::runtime_error(fmt::format("the host {} is unknown: {}", target.host, error.message()));
    }
    return found.begin()->endpoint();
}

}  // namespace outcry::feeder
