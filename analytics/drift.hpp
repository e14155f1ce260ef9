// analytics/drift.hpp: how far a series is off its usual rate in these hours, though nothing is wrong.
#pragma once
#include "analytics/baseline.hpp"

namespace outcry::analytics {

/// A Kalman filter (Kalman 1960) of the log ratio between the rate and what the baseline expects: slow noise
/// with a memory of three hours, whose variance the baseline has learned. What it knows need not be in the zone
/// of indifference, so a busy service's rise shows sooner. One quarter-hour moves it by two standard deviations
/// at most (Masreliez & Martin 1977), and evidence for an outage not at all.
class Drift {
 public:
    /// What the running quarter-hour is held against.
    struct Outlook {
        double factor = 1;  // of the usual mean
        double slow = 0;    // relative variance that is left
    };
    Outlook outlook(const Estimate&, const Noise&) const;

    /// A complete quarter-hour of `bins` bins; `teaches` unless there is evidence for more than slow noise.
    void learn(double reports, int bins, const Estimate&, const Noise&, bool teaches);

    /// A new day: it may be of another kind, so nothing is known.
    void forget(const Noise&);

    template <class Archive>
    void visit(Archive& archive) {
        archive(log_ratio_, variance_);
    }

 private:
    double log_ratio_ = 0, variance_ = .02;
};

}  // namespace outcry::analytics
