// server/pages/respond.hpp: text and HTML as responses: security headers, caching, compression.
#pragma once
#include <string>

#include "server/http/message.hpp"

namespace outcry::pages {

/// Shared caches may keep a page for a few seconds, and serve an old one while we are away; readers always ask
/// again.
inline constexpr std::string_view cached =
    "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600";
inline constexpr std::string_view never_stored = "no-store";

/// What other sites show: a minute old at most, and still there while we are away.
inline constexpr std::string_view cached_by_others =
    "public, max-age=60, stale-while-revalidate=300, stale-if-error=600";

/// Text of any kind, compressed when the client takes it.
http::Response text(const http::Request&, std::string type, std::string body, std::string_view caching,
                    unsigned status = 200);

/// Compressed when the browser takes it. The policy allows nothing inline and nobody else.
http::Response html(const http::Request&, std::string page, std::string_view caching, unsigned status = 200);

/// For pictures, feeds and data: scripts of any origin may read it; opened by itself it may do nothing, unless
/// it names a policy of its own.
http::Response for_others(http::Response);

}  // namespace outcry::pages
