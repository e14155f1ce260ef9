// server/pages/pictures/spark.hpp: a small curve for tiles and lists.
#pragma once
#include <cstdint>
#include <span>

#include "server/pages/words.hpp"

namespace outcry::pages {

/// The counts before the range from `low` to `high`, which is the same all along; empty when there are none.
Markup draw_spark(std::span<const std::uint32_t> counts, double low, double high);

}  // namespace outcry::pages
