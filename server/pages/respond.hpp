// server/pages/respond.hpp: HTML as a response: security headers, caching, compression.
#pragma once
#include <string>

#include "server/http/message.hpp"

namespace outcry::pages {

/// Shared caches may keep a page for a few seconds, and serve an old one while we are away; readers always ask
/// again.
inline constexpr std::string_view cached =
    "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600";
inline constexpr std::string_view never_stored = "no-store";

/// Compressed when the browser takes it. The policy allows nothing inline and nobody else.
http::Response html(const http::Request&, std::string page, std::string_view caching, unsigned status = 200);

}  // namespace outcry::pages
