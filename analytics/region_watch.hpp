// analytics/region_watch.hpp: the regions of one service, each held against the service's own expectation times
// the region's share.
#pragma once
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "analytics/baseline.hpp"
#include "analytics/region_cell.hpp"
#include "analytics/time.hpp"

namespace outcry::analytics {

/// What the whole of the service says about the bin that its regions are judged in.
struct WholeBin {
    Minute until{};               // end of the bin
    std::chrono::minutes bin{1};  // its length
    std::uint32_t reports = 0;    // of the whole in it
    LocalQuarter local;           // it lies in
    double expected = 0;          // reports usual for it
    double usual = 0;             // the upper edge of that
    Noise noise;
    bool calm = true;  // the whole's evidence is small enough to learn from
    double trust = 1;  // in evidence: less for a service that is bursty
};

/// What the strongest region says, when one speaks up.
struct RegionalEvidence {
    RegionKey region{};  // none: no region has evidence of a possible spike
    double score = 0;    // nats, less what watching so many regions costs: comparable to the whole's
    Minute since{};      // when the rise began
    std::uint64_t reports_since = 0;  // reports of the whole after `since`
};

/// What is asked of evidence: the scores of a possible spike and of a spike, and the least reports behind it.
struct EvidenceLimits {
    double possible_at = 0, spike_at = 0;
    std::uint32_t least_reports = 1;
};

/// A region's usual rate is the service's, times a share learned for each three hours of the day. O(1) for a
/// region that reports named in a bin or whose evidence is that of a possible spike; nothing for the others.
/// The budget of false alarms is halved: one half for the whole, one for all regions together.
class RegionWatch {
 public:
    /// More regions of one service are not watched: the one that has been quiet for longest is forgotten.
    static constexpr std::size_t most = 256;

    /// The next bin; `counts` in ascending order of their regions, none of them `none`. Allocates for a new
    /// region alone.
    RegionalEvidence step(const WholeBin&, std::span<const RegionCount> counts, const EvidenceLimits&);

    /// What the whole's evidence counts less, in nats: regions share its budget once they are judged.
    double split() const;

    /// A region that fewer reports named is not told: it could point at someone.
    static constexpr std::uint32_t least_named = 5;

    /// The one region that brings at least four fifths of the present excess of all regions, and clearly more
    /// than its usual part of it; only one that is `awake`. None: the whole is the smallest level that explains
    /// the excess.
    RegionKey explains() const;

    /// One region's evidence as it counts, in nats; 0 for one never named.
    double score(RegionKey, double trust) const;

    std::size_t size() const { return cells_.size(); }

    template <class Archive>
    void visit(Archive& archive) {
        auto number = static_cast<std::uint32_t>(cells_.size());
        archive(number);
        if (number == 0) return;
        resize(number);
        archive(empty_, exposure_, recent_usual_, reports_, minutes_, awake_, last_.until, last_.day);
        for (auto& cell : cells_) archive(cell);
    }

 private:
    void resize(std::uint32_t number);
    RegionTime begin(const WholeBin&);
    void take(std::span<const RegionCount>, const RegionLimits&);
    void step(RegionCell&, std::uint32_t count, const RegionLimits&);
    RegionCell& cell(RegionKey);
    double cost() const;

    std::vector<RegionCell> cells_;  // by key
    double empty_ = 0;               // what empty bins have cost, for ratio 2 and share 1
    Exposure exposure_;              // calm reports expected of the whole
    double recent_usual_ = 0;
    std::uint32_t reports_ = 0;  // of the whole
    std::int32_t minutes_ = 0;   // seen since a region was named first
    std::uint32_t awake_ = 0;    // cells
    RegionTime last_;            // of the last bin
};

}  // namespace outcry::analytics
