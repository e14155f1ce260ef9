// analytics/bin.hpp: how many reports one service had in one minute.
#pragma once
#include <cstdint>

#include "analytics/time.hpp"

namespace outcry::analytics {

/// The identity of a service inside one installation; the public name is its slug.
using ServiceId = std::int32_t;

/// Totals of one minute. A minute without a row is a minute with zeros. Once a minute is complete its totals
/// never change.
struct Bin {
    Minute minute;
    std::uint32_t reports = 0;   // "I have a problem", after the rules of what counts
    std::uint32_t works = 0;     // "works for me", after the same rules
    std::uint32_t repeated = 0;  // stored, not counted: the reporter had counted in this window
    std::uint32_t limited = 0;   // stored, not counted: its network prefix had given its share

    friend bool operator==(const Bin&, const Bin&) = default;
};

}  // namespace outcry::analytics
