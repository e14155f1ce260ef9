// analytics/backtest.cpp: the same bins under two settings, and what differs.
#include "analytics/backtest.hpp"

#include <algorithm>

#include "analytics/monitor.hpp"

namespace outcry::analytics {

namespace {

bool overlap(const Incident& a, const Incident& b) {
    const auto ends_before = [](const Incident& one, const Incident& other) {
        return one.phase == Phase::closed && one.closed <= other.began;
    };
    return !ends_before(a, b) && !ends_before(b, a);
}

}  // namespace

std::vector<Incident> replay(std::span<const std::uint32_t> counts, Minute first, std::chrono::minutes bin,
                             const std::shared_ptr<const ZoneOffsets>& zone, const DetectorSettings& settings,
                             Minute from) {
    std::vector<Incident> incidents;
    Monitor monitor(settings, zone, first, bin);
    const auto note = [&] {
        if (monitor.incident().opened >= from) incidents.push_back(monitor.incident());
    };
    for (const auto count : counts) {
        const auto before = monitor.incident().phase;
        monitor.step(count);
        if (before == Phase::open && monitor.incident().phase == Phase::closed) note();
    }
    if (monitor.incident().phase == Phase::open) note();
    return incidents;
}

Comparison backtest(std::span<const std::uint32_t> counts, Minute first, std::chrono::minutes bin,
                    const std::shared_ptr<const ZoneOffsets>& zone, const DetectorSettings& saved,
                    const DetectorSettings& draft, Minute from) {
    Comparison result;
    result.saved = replay(counts, first, bin, zone, saved, from);
    result.draft = replay(counts, first, bin, zone, draft, from);
    auto next = result.saved.begin();
    for (const auto& drafted : result.draft) {
        const auto match =
            std::find_if(next, result.saved.end(), [&](const auto& old) { return overlap(old, drafted); });
        if (match == result.saved.end()) {
            result.added.push_back(drafted);
            continue;
        }
        result.removed.insert(result.removed.end(), next, match);
        auto& list = drafted.opened < match->opened   ? result.earlier
                     : drafted.opened > match->opened ? result.later
                                                      : result.unchanged;
        list.push_back({*match, drafted});
        next = match + 1;
    }
    result.removed.insert(result.removed.end(), next, result.saved.end());
    return result;
}

}  // namespace outcry::analytics
