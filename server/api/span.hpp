// server/api/span.hpp: the stretch of time that ?from and ?to speak of.
#pragma once
#include "analytics/time.hpp"
#include "server/api/query.hpp"

namespace outcry::api {

struct Span {
    Minute from{}, to{};
};

/// `from` rounded down and `to` rounded up to full steps of UTC; the 24 hours before now unless said, nothing
/// after now. What is longer than `longest`, or the wrong way round, is refused.
Span read_span(Query&, Time now, std::chrono::minutes step, std::chrono::minutes longest);

}  // namespace outcry::api
