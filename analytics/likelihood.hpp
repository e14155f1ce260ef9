// analytics/likelihood.hpp: how much likelier a count is under a raised rate than under the usual one (negative
// binomial).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace outcry::analytics {

/// Rates tested against the usual one, as multiples of it.
inline constexpr std::array<double, 6> tested_ratios{1.6, 2.5, 5, 12, 40, 150};
inline constexpr std::size_t ratios = tested_ratios.size();

/// log Γ(z) for z > 0 (Stirling's series after a shift).
double log_gamma(double z);

/// Log likelihood of `x` under a negative binomial of this mean and variance, less log x!.
double log_likelihood(double x, double mean, double variance);

/// Log likelihood ratios of counts of one bin: null mean `mean`, alternatives tested_ratios · mean, variance
/// dispersion · m + clustering · m² under each (Höhle & Paul 2008, with a size that depends on the mean: an
/// outage is more reports, not bigger clusters). Built once for the bins of a quarter-hour.
class RatioTable {
 public:
    RatioTable() = default;
    RatioTable(double mean, double dispersion, double clustering);

    /// Evidence in nats for each tested ratio.
    std::array<double, ratios> operator()(std::uint32_t count) const;

    /// The same, bounded by what a tail of this index allows one bin to say.
    std::array<double, ratios> bounded(std::uint32_t count, double tail_index) const;

    double mean() const { return mean_; }
    double size() const { return size0_; }

 private:
    double mean_ = 0;
    double size0_ = 0, gamma0_ = 0;
    // evidence = empty + count · each + the ratio of rising factorials
    std::array<double, ratios> size_{}, gamma_{}, empty_{}, each_{};
    bool busy_ = false;  // counts will be large: the gammas are worked out beforehand
};

}  // namespace outcry::analytics
