// analytics/bursts.cpp: own peaks, generalised Pareto tails, Fisher's sum.
#include "analytics/bursts.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::analytics {

namespace {

constexpr std::array<double, 4> tail_shapes{.02, .25, .6, 1};
constexpr std::array<double, 9> tail_scales{1, 1.5, 2.3, 3.5, 5.3, 8, 12, 18, 27};
constexpr double floor_nats = 1.5;  // peaks below are of no interest
constexpr double kept_a_peak = .997;
constexpr double prior_share = .25, prior_peaks = 20;
constexpr double teaches_at_most = 12;  // nats of one peak
constexpr double weight = .75;          // of Fisher's sum: the measures are not independent
constexpr double highest_sum = 300;

double shape_of(std::size_t g) {
    return tail_shapes[g / tail_scales.size()];
}
double scale_of(std::size_t g) {
    return tail_scales[g % tail_scales.size()];
}

double log_prior(std::size_t g) {
    const double scale = scale_of(g);
    return -15 * (std::log(scale) + 1 / scale) - std::sqrt(30.) * shape_of(g);
}

}  // namespace

void Bursts::resume() {
    for (std::size_t c = 0; c < measures; ++c) {
        std::array<double, shapes * scales> p{};
        double best = -1e300, sum = 0;
        for (std::size_t g = 0; g < p.size(); ++g)
            best = std::max(best, p[g] = likelihood_[c][g] + log_prior(g));
        for (auto& v : p) sum += v = std::exp(v - best);
        for (std::size_t g = 0; g < p.size(); ++g) posterior_[c][g] = static_cast<float>(p[g] / sum);
    }
}

double Bursts::nats(std::size_t c, double v) const {
    const double rarity = std::log(prior_share * looked_[c] / met_[c]);
    if (v <= floor_nats) return std::max(v * (1 + rarity / floor_nats), 0.);
    const double y = v - floor_nats;
    double beyond = 0;
    for (std::size_t g = 0; g < posterior_[c].size(); ++g)
        if (posterior_[c][g] > 1e-7f)
            beyond += posterior_[c][g] * std::pow(1 + shape_of(g) * y / scale_of(g), -1 / shape_of(g));
    return std::max(floor_nats - std::log(std::max(beyond, 1e-300)) + rarity, 0.);
}

double Bursts::step(const Bin& bin, double bin_minutes) {
    const double index = std::clamp(hill_count_ / hill_sum_, .5, 20.);
    const double excess = std::log((bin.count + 2 * std::sqrt(bin.count) + .02) / (bin.usual + .02));
    const auto bounded = [&](double evidence, double ratio) {
        return std::min(evidence, index * std::min(std::log(ratio), 1.5 * excess - .5 * std::log(ratio)));
    };
    sums_[0] = std::clamp(sums_[0] + bounded(bin.moderate, 12), 0., highest_sum);
    sums_[1] = std::clamp(sums_[1] + bounded(bin.massive, 150), 0., highest_sum);
    double surprise = 0;
    if (bin.count > bin.usual) {
        const double ratio = std::log(bin.count / bin.usual);
        surprise = std::min(bin.count * ratio - (bin.count + bin.size) *
                                                    std::log((bin.count + bin.size) / (bin.usual + bin.size)),
                            index * ratio);
    }
    const double chance = std::log(360 / bin_minutes / prior_share) - 1.5;
    const double agreement = std::max(0., 2 * std::min(surprise, last_agreement_) - chance);
    last_agreement_ = surprise;
    const std::array<double, measures> values{sums_[0], sums_[1], agreement};
    double sum = 0;
    for (std::size_t c = 0; c < measures; ++c) {
        peaks_[c] = std::max(peaks_[c], values[c]);
        if (values[c] > 0) sum += nats(c, values[c]);
    }
    return weight * sum;
}

void Bursts::learn(double count, double expected) {
    const double excess = std::log((count + 1) / (expected + 1)) - std::log(2);
    hill_count_ *= std::pow(.9997, 1 / 3.), hill_sum_ *= std::pow(.9997, 1 / 3.);
    if (excess > 0) hill_count_ += 1, hill_sum_ += std::min(excess, 3.);
    if (hill_count_ < 5) hill_sum_ += (5 - hill_count_) / 8, hill_count_ = 5;
}

void Bursts::close_peak() {
    for (std::size_t c = 0; c < measures; ++c) {
        const bool met = peaks_[c] > floor_nats;
        double y = std::max(0., peaks_[c] - floor_nats);
        const double told = nats(c, peaks_[c]);
        if (told > teaches_at_most) y *= teaches_at_most / told;
        for (std::size_t g = 0; g < likelihood_[c].size(); ++g) {
            const double gain =
                met ? -std::log(scale_of(g)) - (1 / shape_of(g) + 1) * std::log1p(shape_of(g) * y / scale_of(g))
                    : 0;
            likelihood_[c][g] = static_cast<float>(likelihood_[c][g] * kept_a_peak + gain);
        }
        met_[c] = met_[c] * kept_a_peak + met + prior_share * prior_peaks * (1 - kept_a_peak);
        looked_[c] = looked_[c] * kept_a_peak + 1 + prior_peaks * (1 - kept_a_peak);
        peaks_[c] = 0;
    }
    resume();
}

}  // namespace outcry::analytics
