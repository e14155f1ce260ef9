// analytics/likelihood.cpp: negative-binomial log likelihood ratios, exact for small counts and by Stirling for
// large ones.
#include "analytics/likelihood.hpp"

#include <cmath>

namespace outcry::analytics {

namespace {

constexpr double half_log_two_pi = 0.9189385332046727;
constexpr double busy_from = 4;
constexpr std::uint32_t exact_below = 12;  // products of so few factors stay far from overflow

/// Stirling's series; good to 1e-9 from 8 upwards.
double stirling(double z) {
    return (z - .5) * std::log(z) - z + half_log_two_pi + 1 / (12 * z);
}

double rising_product(double k, std::uint32_t x) {
    double product = 1;
    for (std::uint32_t i = 0; i < x; ++i) product *= k + i;
    return product;
}

}  // namespace

double log_gamma(double z) {
    const double shift =
        std::log(z * (z + 1) * (z + 2) * (z + 3)) + std::log((z + 4) * (z + 5) * (z + 6) * (z + 7));
    return stirling(z + 8) - shift;
}

double log_likelihood(double x, double mean, double variance) {
    const double size = mean * mean / (variance > mean + 1e-6 ? variance - mean : 1e-6);
    return log_gamma(x + size) - log_gamma(size) + size * std::log(size / (size + mean)) +
           x * std::log(mean / (size + mean));
}

RatioTable::RatioTable(double mean, double dispersion, double clustering) : mean_(mean) {
    const auto size = [&](double m) { return m / (dispersion - 1 + clustering * m); };
    size0_ = size(mean);
    const double empty0 = size0_ * std::log(size0_ / (size0_ + mean));
    const double each0 = std::log(mean / (size0_ + mean));
    for (std::size_t j = 0; j < ratios; ++j) {
        const double raised = tested_ratios[j] * mean;
        size_[j] = size(raised);
        empty_[j] = size_[j] * std::log(size_[j] / (size_[j] + raised)) - empty0;
        each_[j] = std::log(raised / (size_[j] + raised)) - each0;
    }
    busy_ = mean > busy_from;
    if (!busy_) return;
    gamma0_ = log_gamma(size0_);
    for (std::size_t j = 0; j < ratios; ++j) gamma_[j] = log_gamma(size_[j]);
}

std::array<double, ratios> RatioTable::operator()(std::uint32_t count) const {
    auto evidence = empty_;
    if (count == 0) return evidence;
    if (count < exact_below) {
        const double product0 = rising_product(size0_, count);
        for (std::size_t j = 0; j < ratios; ++j)
            evidence[j] += count * each_[j] + std::log(rising_product(size_[j], count) / product0);
    } else {
        const auto rising = [&](double size, double gamma) {
            return stirling(size + count) - (busy_ ? gamma : log_gamma(size));
        };
        const double rising0 = rising(size0_, gamma0_);
        for (std::size_t j = 0; j < ratios; ++j)
            evidence[j] += count * each_[j] + (rising(size_[j], gamma_[j]) - rising0);
    }
    return evidence;
}

std::array<double, ratios> RatioTable::bounded(std::uint32_t count, double tail_index) const {
    auto evidence = (*this)(count);
    // The benefit of the doubt: the count plus two standard deviations.
    const double excess = std::log((count + 2 * std::sqrt(static_cast<double>(count)) + .02) / (mean_ + .02));
    for (std::size_t j = 0; j < ratios; ++j) {
        if (evidence[j] <= 0) continue;
        const double log_ratio = std::log(tested_ratios[j]);
        const double bound = tail_index * std::min(log_ratio, 1.5 * excess - .5 * log_ratio);
        evidence[j] = std::max(std::min(evidence[j], bound), empty_[j]);
    }
    return evidence;
}

}  // namespace outcry::analytics
