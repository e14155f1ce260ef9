// analytics/backtest.hpp: what other settings would have done with bins that are stored.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "analytics/incident.hpp"
#include "analytics/zone.hpp"

namespace outcry::analytics {

/// An incident under the saved settings and the same one under the draft.
struct Moved {
    Incident saved, draft;
};

/// Incidents that opened in the window, in order of time. Each incident of `saved` and of `draft` is in exactly
/// one of the lists below: two are the same one when the time from the beginning of the rise to the end
/// overlaps.
struct Comparison {
    std::vector<Incident> saved, draft;
    std::vector<Incident> added, removed;
    std::vector<Moved> earlier, later, unchanged;  // by when they opened
};

/// Every incident that opens at `from` or later in `counts`, which holds one bin after the other from `first`
/// on. The last may be open. It is the live monitor that judges, so over the bins the board has seen it finds
/// what the board found.
std::vector<Incident> replay(std::span<const std::uint32_t> counts, Minute first, std::chrono::minutes bin,
                             const std::shared_ptr<const ZoneOffsets>& zone, const DetectorSettings&,
                             Minute from);

/// Pure. Bins before `from` only teach; four weeks of them are enough.
Comparison backtest(std::span<const std::uint32_t> counts, Minute first, std::chrono::minutes bin,
                    const std::shared_ptr<const ZoneOffsets>& zone, const DetectorSettings& saved,
                    const DetectorSettings& draft, Minute from);

}  // namespace outcry::analytics
