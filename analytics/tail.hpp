// analytics/tail.hpp: how heavy the tail of a series' own noise is, so that one burst is not taken for an
// outage.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

namespace outcry::analytics {

/// A robust posterior of the tail index on a small grid, learned from the highest count of every six hours. The
/// prior says "not bursty", one peak in fourteen may be a real outage, and a series that bursts rarely is not
/// called bursty. For a Pareto tail of index α the log likelihood ratio of a shift by ρ cannot exceed α ln ρ:
/// that bounds what one bin may say. Clusters of counts too small for that show in the evidence itself: its
/// peaks are held against an exponential tail.
class Tail {
 public:
    /// The evidence for twelve times the usual after one more bin.
    void note(double evidence) { evidence_peak_ = std::max(evidence_peak_, evidence); }

    /// The evidence noted since the last quarter-hour does not count.
    void forget() { evidence_peak_ = 0; }

    /// A complete quarter-hour: the highest count of its fine bins (five minutes, or the bin if it is wider),
    /// and the count expected in each of them. `teaches`: the series is old enough, and this is not the rest of
    /// one long outage. True at the end of six hours.
    bool learn(double highest, double expected, bool teaches);

    /// The tail index; `well_behaved` when the series' noise is what the negative binomial says.
    double index() const { return index_; }

    /// Posterior probability that the series is bursty.
    double bursty() const { return bursty_; }

    static constexpr double well_behaved = 20;

    template <class Archive>
    void visit(Archive& archive) {
        archive(likelihood_, misfit_, index_, bursty_, peak_, evidence_peak_, quarters_);
    }

 private:
    static constexpr std::size_t grid = 8, misfits = 32;
    static constexpr double nothing = -9;

    void learn_index(double excess);

    /// Probability that the evidence has longer tails than a well-behaved series gives it, after a peak this
    /// far above the floor.
    double misfit(double excess);

    std::array<double, grid> likelihood_{};  // log likelihood of the peaks so far under each index, forgetting
    std::array<double, misfits>
        misfit_{};  // log likelihood of the peaks of evidence under tails of 4 shapes and 8 scales
    double index_ = well_behaved, bursty_ = 0;
    double peak_ = nothing;  // log ratio of the running six hours
    double evidence_peak_ = 0;
    std::int32_t quarters_ = 0;  // of the running six hours
};

}  // namespace outcry::analytics
