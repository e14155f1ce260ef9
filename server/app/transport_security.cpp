// server/app/transport_security.cpp: the public address decides; a request can only take the header away.
#include "server/app/transport_security.hpp"

#include <string_view>

namespace outcry::app {

http::Finish strict_transport(std::string public_url) {
    constexpr std::string_view scheme = "https://";
    if (!public_url.starts_with(scheme)) return {};
    return [host = public_url.substr(scheme.size())](const http::Request& request, http::Response& response) {
        const auto forwarded = request.header("x-forwarded-proto");
        const bool plain = !forwarded.empty() && !forwarded.ends_with("https");
        if (request.header("host") == host && !plain)
            response.set("strict-transport-security", "max-age=31536000");  // a year
    };
}

}  // namespace outcry::app
