// analytics/tail.cpp: a robust posterior of a series' tail index.
#include "analytics/tail.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::analytics {

namespace {

constexpr std::array<double, 8> indices{20, 10, 5, 3, 2, 1.4, 1, .7};
constexpr double outage_share = .07;                      // of the peaks may be real outages
constexpr double widest = 4;                              // log ratios are cut here
constexpr double against_bursty = 8;                      // nats, before anything was seen
constexpr double bursts_in = .25;                         // share of six hours in which a bursty series bursts
constexpr double least_odds = -10;                        // nats: a calm past does not rule out a bursty future
constexpr double index_kept = .9985, misfit_kept = .997;  // a peak

constexpr std::array<double, 4> tail_shapes{.02, .3, .7, 1.2};
constexpr std::array<double, 8> tail_scales{1, 1.6, 2.6, 4.2, 6.7, 11, 18, 30};
constexpr double against_misfit = 20;
constexpr double floor_nats = 1.5;  // smaller peaks of evidence say nothing

}  // namespace

bool Tail::learn(double highest, double expected, bool teaches) {
    // Two standard deviations of counting noise are taken off: what is left is beyond chance.
    if (teaches) peak_ = std::max(peak_, std::log(std::max(highest - 2 * std::sqrt(highest), 1e-3) / expected));
    if (++quarters_ < 24) return false;
    learn_index(peak_ - std::log(2));
    bursty_ = std::max(bursty_, misfit(evidence_peak_ - floor_nats));
    peak_ = nothing, evidence_peak_ = 0, quarters_ = 0;
    return true;
}

void Tail::learn_index(double excess) {
    const bool burst = excess > 0;
    const double y = std::min(excess, widest);
    std::array<double, grid> posterior{};
    for (std::size_t i = 0; i < grid; ++i) {
        const double index = indices[i];
        double gain = 0;
        if (burst) gain += std::log((1 - outage_share) * index * std::exp(-index * y) + outage_share / widest);
        if (i > 0)
            gain += burst ? std::log(bursts_in / outage_share) : std::log((1 - bursts_in) / (1 - outage_share));
        likelihood_[i] = likelihood_[i] * index_kept + gain;
        if (i > 0) likelihood_[i] = std::max(likelihood_[i], likelihood_[0] + least_odds);
        posterior[i] = likelihood_[i] - (i > 0 ? against_bursty : 0) - 2 * std::log(well_behaved / index);
    }
    const double best = *std::max_element(posterior.begin(), posterior.end());
    double sum = 0, mean_log = 0;
    for (std::size_t i = 0; i < grid; ++i) {
        posterior[i] = std::exp(posterior[i] - best);
        sum += posterior[i];
        mean_log += posterior[i] * std::log(indices[i]);
    }
    index_ = std::exp(mean_log / sum);
    bursty_ = 1 - posterior[0] / sum;
}

double Tail::misfit(double y) {
    std::array<double, misfits> posterior{};
    double best = -1e300, sum = 0, plain = 0;
    for (std::size_t g = 0; g < misfits; ++g) {
        const double shape = tail_shapes[g / tail_scales.size()], scale = tail_scales[g % tail_scales.size()];
        misfit_[g] *= misfit_kept;
        if (y > 0) {
            const double density = std::pow(1 + shape * y / scale, -1 / shape - 1) / scale;
            misfit_[g] += std::log((1 - outage_share) * density + outage_share / (7 * (y + 1)));
        }
        posterior[g] =
            misfit_[g] - against_misfit * (std::log(scale) + 1 / scale - 1) - (shape > .1 ? 20 : 0) - 2 * shape;
        best = std::max(best, posterior[g]);
    }
    for (std::size_t g = 0; g < misfits; ++g) {
        const double p = std::exp(posterior[g] - best);
        sum += p;
        if (tail_shapes[g / tail_scales.size()] < .1 && tail_scales[g % tail_scales.size()] < 3) plain += p;
    }
    return 1 - plain / sum;
}

}  // namespace outcry::analytics
