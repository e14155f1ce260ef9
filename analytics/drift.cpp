// analytics/drift.cpp: a scalar Kalman filter, one step a quarter-hour.
#include "analytics/drift.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::analytics {

namespace {

constexpr double kept_a_quarter = .92;  // a memory of three hours
constexpr double farthest = 1.5;        // standard deviations of the slow noise; more is no slow noise
constexpr double surprise = 2;          // standard deviations

}  // namespace

Drift::Outlook Drift::outlook(const Estimate& estimate, const Noise& noise) const {
    const double limit = farthest * std::sqrt(noise.slow);
    return {.factor = std::exp(std::clamp(log_ratio_, -limit, limit)),
            .slow = std::min(noise.slow, variance_ + estimate.misfit)};
}

void Drift::learn(double reports, int bins, const Estimate& estimate, const Noise& noise, bool teaches) {
    if (teaches) {
        const double mean = estimate.expected;
        const double counting =
            noise.dispersion / mean + noise.clustering / bins + 1 / estimate.known + estimate.misfit;
        const double spread = surprise * std::sqrt(variance_ + counting);
        const double gain = variance_ / (variance_ + counting);
        log_ratio_ += gain * std::clamp(reports / (mean * std::exp(log_ratio_)) - 1, -spread, spread);
        variance_ *= 1 - gain;
    }
    constexpr double kept = kept_a_quarter * kept_a_quarter;
    log_ratio_ *= kept_a_quarter;
    variance_ = kept * variance_ + (1 - kept) * noise.slow;
}

void Drift::forget(const Noise& noise) {
    log_ratio_ = 0;
    variance_ = noise.slow;
}

}  // namespace outcry::analytics
