// server/outbound/url.hpp: the parts of an address, read by the same parser that the request is made with.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace outcry::outbound {

struct Url {
    std::string text;    // as it is asked for
    std::string scheme;  // "http" or "https"
    std::string host;    // a name or an address, without the brackets of IPv6
    std::uint16_t port = 0;
};

/// Why an address is none of ours, as a word of the text catalogue: "unreadable", "scheme" (neither https nor
/// http), "credentials" (user:password@), "host" (empty, or not in ASCII), "zone" (fe80::1%eth0), "long".
struct BadUrl {
    std::string why;
};

/// Pure. On refusal `bad` is set and nothing returned.
std::optional<Url> parse_url(const std::string& text, BadUrl& bad);

}  // namespace outcry::outbound
