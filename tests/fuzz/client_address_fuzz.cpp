// tests/fuzz/client_address_fuzz.cpp: a forged X-Forwarded-For never becomes a client that no trusted proxy
// named.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/http/client_address.hpp"
#include "server/http/negotiation.hpp"

using namespace outcry::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const TrustedProxies nobody({}), ours({"10.0.0.0/8", "2001:db8::/32"});
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto peer = boost::asio::ip::make_address("203.0.113.9");
    const Fields headers{{"x-forwarded-for", text}};
    if (client_address(peer, headers, nobody) != peer) std::abort();
    if (client_address(peer, headers, ours) != peer) std::abort();
    (void)client_address(boost::asio::ip::make_address("10.0.0.1"), headers, ours);
    (void)accepts(text, "text/html");
    (void)accepts_encoding(text, "br");
    (void)names_etag(text, "\"a\"");
    return 0;
}
