// server/live/counts_pace.hpp: when to tell of new counts: at most once a second for each service, and nothing
// is left out.
#pragma once
#include <chrono>
#include <set>
#include <unordered_map>
#include <vector>

#include "analytics/bin.hpp"

namespace outcry::live {

class CountsPace {
 public:
    using Instant = std::chrono::steady_clock::time_point;

    /// The total of this minute has changed.
    void note(analytics::ServiceId, Minute);
    /// Something else has changed, say a minute was completed.
    void note(analytics::ServiceId);

    struct Due {
        analytics::ServiceId service{};
        std::vector<Minute> minutes;  // ascending
    };
    /// Those to tell of now; the others wait.
    std::vector<Due> due(Instant now);

 private:
    struct Pending {
        std::set<Minute> minutes;
        bool changed = false;
        Instant told{};
    };
    std::unordered_map<analytics::ServiceId, Pending> pending_;
};

}  // namespace outcry::live
