// server/operator/account/session.hpp: a browser's session: its cookie, how long it lasts, its CSRF token.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"
#include "server/live/clock.hpp"

namespace outcry::operators {

/// In real time, whatever the speed of the program's clock: a demo's operator is not signed out after seconds.
inline constexpr std::chrono::hours session_idle{12}, session_most{7 * 24};

/// The oldest moments at which a session that still stands may have been seen and made.
struct SessionBounds {
    Time seen_since, made_since;
};
SessionBounds session_bounds(const live::Clock&);

/// Whether the browser speaks https with us or with a proxy in front of us. Then the cookie is named __Host-…
/// and Secure.
bool is_secure(const http::Request&, std::string_view public_url);

/// The session in the request's cookie; nothing when there is none that could be one of ours.
std::optional<std::string> session_cookie(const http::Request&, bool secure);
/// Set-Cookie: HttpOnly, SameSite=Lax, for the whole host, until the browser or we end it.
std::string set_session_cookie(std::string_view session, bool secure);
std::string clear_session_cookie(bool secure);

/// Made from the session, so that nobody who lacks its cookie can know it, and nothing need be kept.
std::string csrf_token(std::string_view session);

/// Whether a changing request comes from a page of ours: what Origin and Sec-Fetch-Site say, where a browser
/// sends them.
bool is_same_origin(const http::Request&, std::string_view public_url);

/// Whether the request carries this CSRF token, in X-CSRF-Token or in the form's field "csrf"; compared in
/// constant time.
bool carries_csrf(const http::Request&, std::string_view token);

}  // namespace outcry::operators
