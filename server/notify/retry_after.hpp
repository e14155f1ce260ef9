// server/notify/retry_after.hpp: how long an answer of 429 or 503 asks to be left alone. Pure.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "analytics/time.hpp"

namespace outcry::notify {

/// The longest that is believed.
inline constexpr std::chrono::hours most_asked{24};

/// What the header Retry-After asks for (RFC 9110, 10.2.3); nothing when that is no time to wait, or in no way
/// that can be read. A date is held against the answer's own header Date, so that nobody's clock has to be
/// right; without one that can be read, against `now`.
std::optional<std::chrono::seconds> asked_wait(const std::string& retry_after, const std::string& date,
                                               Time now);

}  // namespace outcry::notify
