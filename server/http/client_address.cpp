// server/http/client_address.cpp: who is asking, when proxies that we trust stand in between.
#include "server/http/client_address.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace outcry::http {

namespace ip = boost::asio::ip;

namespace {

/// IPv4 written as IPv6 is IPv4.
ip::address plain(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    return address;
}

ip::address_v6::bytes_type as_v6(const ip::address& address) {
    const auto simple = plain(address);
    const auto wide = simple.is_v4() ? ip::make_address_v6(ip::v4_mapped, simple.to_v4()) : simple.to_v6();
    return ip::address_v6(wide.to_bytes(), 0).to_bytes();
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// "192.0.2.1", "192.0.2.1:443", "2001:db8::1", "[2001:db8::1]:443"
std::optional<ip::address> parse_address(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        text = text.substr(1, std::min(text.find(']'), text.size()) - 1);
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    if (text.find('%') != std::string_view::npos) return std::nullopt;  // a scope means nothing to anyone else
    boost::system::error_code error;
    const auto address = ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    return plain(address);
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& networks) {
    for (const auto& text : networks) {
        const auto slash = std::min(text.find('/'), text.size());
        const auto address = parse_address(std::string_view(text).substr(0, slash));
        const unsigned most = address && address->is_v4() ? 32 : 128;
        unsigned bits = most;
        if (slash < text.size()) {
            const auto* end = text.data() + text.size();
            const auto [stopped, error] = std::from_chars(text.data() + slash + 1, end, bits);
            if (error != std::errc{} || stopped != end) bits = most + 1;
        }
        if (!address || bits > most) {
            throw std::invalid_argument("'" + text +
                                        "' is not a network; write it like 10.0.0.0/8 or 2001:db8::/32");
        }
        networks_.push_back({as_v6(*address), bits + (128 - most)});
    }
}

bool TrustedProxies::contains(const ip::address& address) const {
    const auto bytes = as_v6(address);
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        const auto whole = network.bits / 8, rest = network.bits % 8;
        if (!std::equal(bytes.begin(), bytes.begin() + whole, network.bytes.begin())) return false;
        return rest == 0 || (bytes[whole] ^ network.bytes[whole]) >> (8 - rest) == 0;
    });
}

ip::address client_address(const ip::address& peer, const Fields& headers, const TrustedProxies& trusted) {
    auto client = plain(peer);
    for (auto field = headers.rbegin(); field != headers.rend(); ++field) {
        if (field->first != "x-forwarded-for") continue;
        std::string_view left = field->second;
        while (!left.empty()) {
            if (!trusted.contains(client)) return client;
            const auto comma = left.rfind(',');
            const auto entry =
                parse_address(trim(comma == std::string_view::npos ? left : left.substr(comma + 1)));
            if (!entry) return client;
            client = *entry;
            left = comma == std::string_view::npos ? std::string_view{} : left.substr(0, comma);
        }
    }
    return client;
}

bool came_by_https(const ip::address& peer, const Fields& headers, const TrustedProxies& trusted) {
    if (!trusted.contains(plain(peer))) return false;
    const auto last = std::find_if(headers.rbegin(), headers.rend(),
                                   [](const auto& f) { return f.first == "x-forwarded-proto"; });
    if (last == headers.rend()) return false;
    const std::string_view said = last->second;
    const auto comma = said.rfind(',');
    return trim(comma == std::string_view::npos ? said : said.substr(comma + 1)) == "https";
}

}  // namespace outcry::http
