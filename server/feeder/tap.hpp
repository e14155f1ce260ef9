// server/feeder/tap.hpp: one person pressing the button, before it has become a request.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::feeder {

struct Tap {
    Time at{};
    std::uint32_t service = 0;  // place in the list of slugs
    std::uint32_t body = 0;     // place in the list of bodies
    std::uint32_t person = 0;   // who; no two taps of a quarter hour have the same
};

/// Every tap of one minute, in order of time. Asked for minute after minute.
using TapsOf = std::function<std::vector<Tap>(Minute)>;

/// The address that stands for a person, in 240.0.0.0/5, which nobody has: spread over half a million /24s.
std::string address_of(std::uint32_t person);

}  // namespace outcry::feeder
