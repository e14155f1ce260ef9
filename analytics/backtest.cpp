// analytics/backtest.cpp: the same bins under two settings, and what differs.
#include "analytics/backtest.hpp"

#include <algorithm>

#include "analytics/monitor.hpp"

namespace outcry::analytics {

namespace {

/// A monitor on its way through a recording.
class Replay {
 public:
    explicit Replay(const Recording& recording)
        : recording_(recording), monitor_(recording.settings, recording.zone, recording.first, recording.bin) {}

    /// The same place, and these settings from here on.
    Replay under(const DetectorSettings& settings) const {
        Replay other(recording_, Monitor::restore(monitor_.save(), settings, recording_.zone));
        other.place_ = place_;
        other.region_ = region_;
        other.change_ = recording_.changes.size();
        return other;
    }

    /// Judges the bins that start before `to`; returns the incidents that opened at `from` or later and closed.
    std::vector<Incident> run(Minute from, Minute to) {
        std::vector<Incident> closed;
        for (; place_ < recording_.counts.size() && monitor_.until() < to; ++place_) {
            for (; change_ < recording_.changes.size(); ++change_) {
                const auto& next = recording_.changes[change_];
                if (next.since > monitor_.until()) break;
                monitor_.set(next.settings);
            }
            const auto before = monitor_.incident().phase;
            monitor_.step(recording_.counts[place_], named());
            if (std::binary_search(recording_.closings.begin(), recording_.closings.end(), monitor_.until()))
                monitor_.close();
            const auto& incident = monitor_.incident();
            if (before == Phase::open && incident.phase == Phase::closed && incident.opened >= from)
                closed.push_back(incident);
        }
        return closed;
    }

    /// The same to the end of the recording, with the one that is open then.
    std::vector<Incident> finish(Minute from) {
        auto incidents = run(from, recording_.until());
        const auto& last = monitor_.incident();
        if (last.phase == Phase::open && last.opened >= from) incidents.push_back(last);
        return incidents;
    }

 private:
    /// The regions of the next bin.
    const std::vector<RegionCount>& named() {
        named_.clear();
        const auto& regions = recording_.regions;
        for (; region_ < regions.size() && regions[region_].minute <= monitor_.until(); ++region_)
            if (regions[region_].minute == monitor_.until()) named_.push_back(regions[region_].named);
        return named_;
    }

    Replay(const Recording& recording, Monitor monitor) : recording_(recording), monitor_(std::move(monitor)) {}

    const Recording& recording_;
    Monitor monitor_;
    std::size_t place_ = 0, change_ = 0, region_ = 0;  // the next bin, change of settings, and region
    std::vector<RegionCount> named_;
};

bool overlap(const Incident& a, const Incident& b) {
    const auto ends_before = [](const Incident& one, const Incident& other) {
        return one.phase == Phase::closed && one.closed <= other.began;
    };
    return !ends_before(a, b) && !ends_before(b, a);
}

/// Fills the lists that say what differs.
void compare(Comparison& result) {
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
}

}  // namespace

std::vector<Incident> replay(const Recording& recording, Minute from) {
    return Replay(recording).finish(from);
}

Comparison backtest(const Recording& recording, const DetectorSettings& draft, Minute from) {
    Replay saved(recording);
    saved.run(from, from);
    auto drafted = saved.under(draft);
    Comparison result;
    result.saved = saved.finish(from);
    result.draft = drafted.finish(from);
    compare(result);
    return result;
}

}  // namespace outcry::analytics
