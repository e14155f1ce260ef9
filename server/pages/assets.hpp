// server/pages/assets.hpp: styles, islands and images, carried inside the executable, with hashed names.
#pragma once
#include <string_view>

#include "server/http/router.hpp"

namespace outcry::pages {

/// The hashed file name of an asset ("site.css"). Throws std::out_of_range when there is none.
std::string_view asset_file(std::string_view name);

/// What is drawn inside the sprite's symbol of this name, in a square of 24 units. Throws std::out_of_range
/// when there is none.
std::string_view icon_shape(std::string_view name);

/// GET /assets/{path*}: immutable, compressed at build time.
http::Route asset_route();

}  // namespace outcry::pages
