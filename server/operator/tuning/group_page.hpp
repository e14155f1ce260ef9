// server/operator/tuning/group_page.hpp: /admin/tune: the same dials for many services at once, saved together
// or not at all.
#pragma once
#include "server/operator/tuning/tune_page.hpp"

namespace outcry::operators {

inline constexpr std::size_t most_at_once = 40;

/// ?group=Mail%20and%20office, or ?service=gmail&service=outlook; the draft as on the page of one service.
TuneAnswer get_group_tuning(const Tuning&, const http::Request&, const Actor&);
/// {version: "gmail/3" for each service, note, the four settings}: one transaction for all of them.
TuneAnswer post_group_tuning(const Tuning&, const http::Request&, const Actor&);

}  // namespace outcry::operators
