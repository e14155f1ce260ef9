// analytics/backtest.hpp: what other settings would have done with bins that are stored.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "analytics/incident.hpp"
#include "analytics/region.hpp"
#include "analytics/zone.hpp"

namespace outcry::analytics {

/// Settings that hold for the bins that start at `since` or later.
struct SettingsChange {
    Minute since{};
    DetectorSettings settings;
};

/// One series as it came, and the settings the board judged it under.
struct Recording {
    Minute first{};                          // start of the first bin
    std::chrono::minutes bin{1};             // length of a bin: 1, 5 or 15 minutes
    std::vector<std::uint32_t> counts = {};  // one bin after the other, zeros included
    std::vector<RegionBin> regions = {};     // what they named, in order of time, then region
    std::shared_ptr<const ZoneOffsets> zone = nullptr;
    DetectorSettings settings = {};            // held for the first bin
    std::vector<SettingsChange> changes = {};  // in the order they were made
    std::vector<Minute> closings = {};         // by operators, at the ends of these bins; in order of time

    /// End of the last bin.
    Minute until() const { return first + bin * static_cast<int>(counts.size()); }
};

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

/// Every incident that opened at `from` or later; the last may be open. It is the live monitor that judges, and
/// settings change where they changed, so over the bins that the board has seen it finds what the board found.
std::vector<Incident> replay(const Recording&, Minute from);

/// Saved: what the board did. Draft: the same up to `from`, then these settings and no others. Pure.
Comparison backtest(const Recording&, const DetectorSettings& draft, Minute from);

}  // namespace outcry::analytics
