// analytics/time.hpp: the three ways Outcry speaks of time. Nothing here reads a clock.
#pragma once
#include <chrono>

namespace outcry {

/// An instant, UTC, to the millisecond: when a report arrived, when something is asked.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// The start of a one-minute bin, UTC.
using Minute = std::chrono::sys_time<std::chrono::minutes>;

/// The minute that `at` falls into.
constexpr Minute minute_of(Time at) {
    return std::chrono::floor<std::chrono::minutes>(at);
}

/// The quarter hour within which one reporter counts once; also the bin that public sentences speak of.
using Window = std::chrono::sys_time<std::chrono::duration<int, std::ratio<900>>>;

constexpr Window window_of(Time at) {
    return std::chrono::floor<Window::duration>(at);
}

}  // namespace outcry
