// server/operator/account/session.cpp: cookies as RFC 6265bis has them.
#include "server/operator/account/session.hpp"

#include <algorithm>

#include "server/operator/account/secret.hpp"
#include "server/operator/form.hpp"

namespace outcry::operators {
namespace {

/// A name that begins with __Host- tells the browser to take it only from this host and over https.
constexpr std::string_view secure_name = "__Host-outcry", plain_name = "outcry_session";

std::string_view cookie_name(bool secure) {
    return secure ? secure_name : plain_name;
}

std::string attributes(bool secure) {
    return std::string("; Path=/; HttpOnly; SameSite=Lax") + (secure ? "; Secure" : "");
}

std::string_view host_of_origin(std::string_view origin) {
    const auto start = origin.find("://");
    return start == std::string_view::npos ? std::string_view{} : origin.substr(start + 3);
}

}  // namespace

SessionBounds session_bounds(const live::Clock& clock) {
    const auto now = clock.now();
    return {now - clock.span_of(session_idle), now - clock.span_of(session_most)};
}

bool is_secure(const http::Request& request, std::string_view public_url) {
    return request.secure || public_url.starts_with("https://");
}

std::optional<std::string> session_cookie(const http::Request& request, bool secure) {
    const auto wanted = cookie_name(secure);
    for (const auto& [name, value] : request.headers) {
        if (name != "cookie") continue;
        for (std::string_view left = value; !left.empty();) {
            const auto pair = left.substr(0, left.find(';'));
            left.remove_prefix(std::min(pair.size() + 1, left.size()));
            const auto first = std::min(pair.find_first_not_of(' '), pair.size());
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(first, equals - first) != wanted) continue;
            if (is_secret(pair.substr(equals + 1))) return std::string(pair.substr(equals + 1));
        }
    }
    return std::nullopt;
}

std::string set_session_cookie(std::string_view session, bool secure) {
    return std::string(cookie_name(secure)).append("=").append(session) + attributes(secure);
}

std::string clear_session_cookie(bool secure) {
    return std::string(cookie_name(secure)) + "=; Max-Age=0" + attributes(secure);
}

std::string csrf_token(std::string_view session) {
    return derive_secret(session, "csrf");
}

bool is_same_origin(const http::Request& request, std::string_view public_url) {
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    const auto origin = request.header("origin");
    if (origin.empty()) return true;  // an old browser, or none: the token alone decides
    return host_of_origin(origin) == request.header("host") || (!public_url.empty() && origin == public_url);
}

bool carries_csrf(const http::Request& request, std::string_view token) {
    const auto header = request.header("x-csrf-token");
    if (!header.empty()) return equal_secrets(header, token);
    return equal_secrets(http::value_of(read_form(request), "csrf"), token);
}

}  // namespace outcry::operators
