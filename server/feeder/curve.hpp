// server/feeder/curve.hpp: from counts of quarter hours to how many reports have come by any instant.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::feeder {

/// A smooth rise and fall through given counts: each quarter hour sums up to its own count, rounding carried on
/// to the next. The rate runs geometrically from the middle of one quarter to the middle of the next.
class Curve {
 public:
    /// `counts` without gaps, by the start of each quarter hour; each is multiplied by `scale`.
    Curve(const std::map<Window, double>& counts, double scale);

    /// Reports before `at`; rises from 0 to the total.
    std::uint64_t reports_before(Time at) const;
    std::uint64_t total() const {
        return static_cast<std::uint64_t>(quarters_.empty() ? 0 : quarters_.back().end);
    }

 private:
    struct Quarter {
        double begin, end;           // reports before its start and its end, whole numbers
        double left, middle, right;  // rates at its edges and in its middle, any unit
    };
    Time start_{};
    std::vector<Quarter> quarters_;
};

}  // namespace outcry::feeder
