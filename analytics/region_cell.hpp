// analytics/region_cell.hpp: one region of one service: its share of the service, and the evidence that it has
// more reports than that.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "analytics/region.hpp"

namespace outcry::analytics {

/// A region's share is learned for each of so many parts of the local day.
inline constexpr std::size_t day_parts = 8;

/// Rates tested against a region's usual one, as multiples of it. The smallest is above what a region's own
/// calendar and clock make of the service's profile.
inline constexpr std::array<double, 4> region_ratios{2.5, 6, 20, 80};

/// What all regions of a service are held against in one bin: the service's own expectation, and sums of it.
struct RegionTime {
    std::int32_t bin = 1;    // minutes
    std::int32_t until = 0;  // end of the bin, minutes since 1970
    std::int32_t day = 0;    // local days since 1970
    double part = 0;         // of the local day, 0 … day_parts
    bool weekend = false;
    double expected = 0;    // reports of the whole service in this bin
    double usual = 0;       // its upper edge
    double dispersion = 0;  // of counts: variance over mean, less 1
    double clustering = 0;  // … and what is added for each report expected
    double misfit = 0;      // squared relative width of the zone of indifference, before what counting adds
    double slow = 0;        // relative variance of the whole between hours
    // Reports expected of the whole while it was calm: in all, at this time of day, on days of this type.
    // Between the middles of two parts of the day a share moves from the one to the other.
    double exposure = 0, exposure_here = 0, exposure_day_type = 0;
    std::size_t part_before = 0, part_after = 0;
    double later = 0;           // 0 … 1: how far from the one to the other
    double empty_before = 0;    // what empty bins have cost since the watch began, for ratio 2 and share 1, …
    double empty = 0;           // … and what this bin costs when it is empty
    double recent_usual = 0;    // usual reports of the whole, weighted by age
    double recent_memory = 0;   // what one bin leaves of such a weight
    std::uint32_t reports = 0;  // of the whole since the watch began, this bin excluded
    bool teaches = true;        // the whole is calm
    bool judged = true;         // enough has been seen to judge
};

/// When a region speaks up and how far its evidence may rise, in nats.
struct RegionLimits {
    double awake_at = 0, cap = 0;
    std::uint32_t least_reports = 1;
};

/// What of the whole's calm expectation the shares are learned from, forgetting like them.
struct Exposure {
    std::array<double, day_parts> parts{};  // reports expected in each part of the day
    double weekends = 0;                    // … of those at weekends

    void add(const RegionTime&);
    void tell(RegionTime&) const;
    void forget(double kept);
};

/// 104 bytes. Changes only in bins in which reports named the region, and in every bin while it is awake: what
/// the empty bins between cost is made up for then, so nothing depends on when that is done.
struct RegionCell {
    RegionKey key{};
    double empty_until = 0;                          // RegionTime's sum at `until`
    std::array<float, region_ratios.size()> bank{};  // a CUSUM in nats for each ratio
    std::array<float, day_parts> seen{};             // reports in each part of the day, forgetting
    std::int32_t until = 0;                          // minutes since 1970; bins before it are in the sums
    std::int32_t rise = 0;                           // end of the last bin before the evidence rose
    std::int32_t hot_since = -1;                     // when the evidence began to be too much to learn from
    std::uint32_t whole_at_rise = 0;                 // RegionTime::reports then
    std::uint32_t reports_since = 0;                 // naming the region, since the rise
    float seen_weekends = 0;                         // the part of `seen` that weekends brought
    float recent = 0;                                // reports weighted by age, half of them after 20 minutes
    float null = 0;          // share above which a rate is unusual, as of the last bin seen
    std::int16_t day = 0;    // local day of `seen`, since 2000
    std::uint8_t awake = 0;  // the evidence is that of a possible spike, and every bin is looked at
    std::uint8_t spare[5]{};

    /// The strongest evidence as of the last bin seen, and after empty bins up to this sum of what they cost.
    double strongest() const;
    double strongest_at(double empty) const;

    /// One more bin with `count` reports.
    void step(std::uint32_t count, const RegionTime&, const Exposure&, const RegionLimits&);

    /// Reports weighted by age, as of the end of this bin.
    double recent_at(const RegionTime&) const;

    /// The learned share of the whole at this time of day.
    double share(const RegionTime&) const;

 private:
    struct Known {
        double share = 0, reports = 0;
    };
    Known known(const RegionTime&) const;
    void forget(const RegionTime&);
    void learn(std::uint32_t count, const Known&, const RegionTime&, const Exposure&, double passed);
};
static_assert(sizeof(RegionCell) == 104);

}  // namespace outcry::analytics
