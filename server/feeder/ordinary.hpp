// server/feeder/ordinary.hpp: ordinary days: the few reports that every service gets while nothing is wrong.
#pragma once
#include <cstdint>

#include "analytics/time.hpp"

namespace outcry::feeder {

/// Counts by minute with a rhythm of day and week, slow ups and downs, and more scatter than pure chance
/// (negative binomial). A pure function of seed and minute: history written in bulk and reports sent live are
/// one series.
class Ordinary {
 public:
    /// `by_day` reports are usual in a quarter hour at the busiest time of a working day; `offset` is local
    /// time minus UTC.
    Ordinary(double by_day, std::chrono::minutes offset, std::uint64_t seed)
        : by_day_(by_day), offset_(offset), seed_(seed) {}

    std::uint32_t reports(Minute) const;
    /// What `reports` scatters round.
    double expected(Minute) const;

 private:
    double by_day_;
    std::chrono::minutes offset_;
    std::uint64_t seed_;
};

/// 1 at the busiest time of a working day, about an eighth in the night.
double rhythm(Minute local);

}  // namespace outcry::feeder
