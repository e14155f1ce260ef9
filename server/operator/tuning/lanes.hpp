// server/operator/tuning/lanes.hpp: labels, saved and draft alerts as marks in three lanes that share a chart's
// axis.
#pragma once
#include <span>

#include "server/operator/tuning/rises.hpp"
#include "server/pages/words.hpp"

namespace outcry::operators {

/// The axis runs from `from` to `to`. For the eye alone: the table of rises says the same in words.
pages::Markup draw_lanes(std::span<const Rise>, Minute from, Minute to, const pages::Words&);

}  // namespace outcry::operators
