// analytics/monitor.hpp: one series under watch: baseline, detector and incident, stepped one bin at a time.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "analytics/incident.hpp"
#include "analytics/region.hpp"
#include "analytics/verdict.hpp"
#include "analytics/zone.hpp"

namespace outcry::analytics {

class Baseline;

/// The range called usual for a span of time.
struct Expectation {
    double expected = 0, low = 0, high = 0;
};

/// The score at which a spike is called under these settings, in nats.
double threshold_of(const DetectorSettings&);

/// The one implementation behind the live board, `detect`, `backtest` and the tuning preview. Pure: time comes
/// with the bins. Deterministic: the same bins give the same state to the byte, whether stepped in one go or
/// saved and restored between.
class Monitor {
 public:
    /// Watches a series whose first bin starts at `first`; `bin` is 1, 5 or 15 minutes. `zone` may be null
    /// (zone unknown).
    Monitor(const DetectorSettings&, std::shared_ptr<const ZoneOffsets> zone, Minute first,
            std::chrono::minutes bin = std::chrono::minutes{1});
    /// Goes on at `first` with what summaries have taught (History); `day` is the last local day they belong
    /// to.
    Monitor(const DetectorSettings&, std::shared_ptr<const ZoneOffsets> zone, Minute first, const Baseline&,
            std::int64_t day);
    ~Monitor();
    Monitor(Monitor&&) noexcept;
    Monitor& operator=(Monitor&&) noexcept;

    /// The next bin, in order and without gaps (a minute without reports is a bin of 0); `regions` are those
    /// that its reports named, in ascending order. O(1) and one step for each region named, no allocation but
    /// for a region named for the first time.
    const Verdict& step(std::uint32_t count, std::span<const RegionCount> regions = {});

    /// End of the last bin seen (start of the first before any).
    Minute until() const;
    const Verdict& verdict() const;
    const Incident& incident() const;

    /// The evidence that one region alone gives, in nats, comparable to the verdict's; 0 for one never named.
    double score(RegionKey) const;

    /// What is usual for the `span` that starts at `from`, as known now, or when the incident opened that is
    /// open; any time, past or future.
    Expectation expect(Minute from, std::chrono::minutes span) const;

    /// New settings from the next bin on; what was learned stays.
    void set(const DetectorSettings&);

    /// Goes on with an incident that is known to be open, in place of whatever the bins seen so far have
    /// brought.
    void adopt(const Incident&);

    /// An operator ends the incident that is open after the last bin seen; without one nothing happens.
    void close();

    /// The whole state as bytes, and back. Throws std::invalid_argument on bytes that no `save` of this version
    /// made.
    std::string save() const;
    static Monitor restore(std::string_view bytes, const DetectorSettings&,
                           std::shared_ptr<const ZoneOffsets> zone);

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::analytics
