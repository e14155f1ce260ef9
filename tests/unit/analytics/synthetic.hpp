// tests/unit/analytics/synthetic.hpp: made-up reports with a day and a week in them.
#pragma once
#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>

#include "analytics/time.hpp"

namespace outcry::analytics::synthetic {

/// How busy a service is at `at` compared with its mean: quiet nights, quieter weekends.
inline double rhythm(Minute at) {
    const auto minutes = at.time_since_epoch().count();
    const double hour = static_cast<double>(minutes % 1440) / 60;
    const auto weekday = (minutes / 1440 + 3) % 7;
    return std::exp(.8 * std::cos((hour - 20) * 2 * 3.141592653589793 / 24)) / 1.17 *
           (weekday >= 5 ? .8 : 1.07);
}

/// Counts round a rate that itself wanders by about a tenth within hours.
class Counts {
 public:
    explicit Counts(std::uint64_t seed) : random_(seed) {}

    /// One minute at `rate` reports a minute on average. The same seed gives the same counts on every machine.
    std::uint32_t operator()(double rate) {
        if (++minute_ % 15 == 1) wander_ = .92 * wander_ + .39 * normal();
        return poisson(rate * std::exp(.1 * wander_));
    }

    /// One minute at exactly this rate.
    std::uint32_t steady(double rate) { return poisson(rate); }

 private:
    double uniform() { return (static_cast<double>(random_() >> 11) + .5) / 9007199254740992.; }
    double normal() {
        return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * 3.141592653589793 * uniform());
    }
    std::uint32_t poisson(double mean) {
        if (mean > 60)
            return static_cast<std::uint32_t>(std::max(0., std::round(mean + std::sqrt(mean) * normal())));
        const double limit = std::exp(-mean);
        std::uint32_t count = 0;
        for (double product = uniform(); product > limit; product *= uniform()) ++count;
        return count;
    }

    std::mt19937_64 random_;
    std::uint64_t minute_ = 0;
    double wander_ = 0;
};

}  // namespace outcry::analytics::synthetic
