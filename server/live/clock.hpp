// server/live/clock.hpp: the one clock of the program; a jumping wall clock moves nothing.
#pragma once
#include <chrono>

#include "analytics/time.hpp"

namespace outcry::live {

/// Starts at a given instant (the database's time at connection) and runs by the monotonic clock, `speed` times
/// as fast.
class Clock {
 public:
    explicit Clock(Time start, double speed = 1.0) : start_(start), speed_(speed) {}

    Time now() const {
        const auto elapsed =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - anchor_);
        return start_ + std::chrono::milliseconds{static_cast<long long>(elapsed.count() * speed_)};
    }
    double speed() const { return speed_; }

    /// How long to wait in real time until `span` of this clock has passed.
    std::chrono::nanoseconds real(std::chrono::milliseconds span) const {
        return std::chrono::nanoseconds{
            static_cast<long long>(static_cast<double>(span.count()) * 1e6 / speed_)};
    }
    /// How far this clock goes while `span` of real time passes; never less than that.
    std::chrono::milliseconds span_of(std::chrono::milliseconds span) const {
        return std::chrono::milliseconds{
            static_cast<long long>(static_cast<double>(span.count()) * (speed_ > 1 ? speed_ : 1))};
    }

 private:
    Time start_;
    double speed_;
    std::chrono::steady_clock::time_point anchor_ = std::chrono::steady_clock::now();
};

}  // namespace outcry::live
