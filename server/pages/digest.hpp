// server/pages/digest.hpp: SHA-256 as a Content-Security-Policy names it.
#pragma once
#include <string>
#include <string_view>

namespace outcry::pages {

/// Of these bytes, in base64 with padding.
std::string sha256_base64(std::string_view bytes);

}  // namespace outcry::pages
