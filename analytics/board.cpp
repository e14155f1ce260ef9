// analytics/board.cpp: bins as they come, monitors stepped over the complete ones.
#include "analytics/board.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace outcry::analytics {

using std::chrono::minutes;

struct Board::Watched {
    explicit Watched(Monitor watching) : monitor(std::move(watching)) {}

    struct Change {
        Minute since;
        DetectorSettings settings;
    };

    /// Totals of `minute`, zeros when there are none.
    Bin bin(Minute minute) const {
        const auto found = place(minute);
        return found != bins.end() && found->minute == minute ? *found : Bin{.minute = minute};
    }

    std::vector<Bin>::const_iterator place(Minute minute) const {
        return std::lower_bound(bins.begin(), bins.end(), minute,
                                [](const Bin& bin, Minute at) { return bin.minute < at; });
    }

    /// True when the total is new.
    bool put(const Bin& bin) {
        const auto found = bins.begin() + (place(bin.minute) - bins.cbegin());
        if (found == bins.end() || found->minute != bin.minute) {
            bins.insert(found, bin);
            return true;
        }
        if (*found == bin) return false;
        *found = bin;
        return true;
    }

    /// Half of the bins at a time, so that forgetting costs nothing worth speaking of.
    void forget() {
        const auto old = place(monitor.until() - kept) - bins.cbegin();
        if (old > 0 && static_cast<std::size_t>(old) * 2 >= bins.size())
            bins.erase(bins.begin(), bins.begin() + old);
    }

    /// Of the minutes that are not judged yet.
    void put(const RegionBin& bin) {
        if (bin.minute < monitor.until()) return;
        const auto found = std::lower_bound(regions.begin(), regions.end(), bin, earlier);
        if (found != regions.end() && !earlier(bin, *found))
            found->named.count = bin.named.count;
        else
            regions.insert(found, bin);
    }

    /// Takes away what is known of this minute's regions.
    void take(Minute minute, std::vector<RegionCount>& named) {
        named.clear();
        auto next = regions.begin() + static_cast<std::ptrdiff_t>(taken);
        for (; next != regions.end() && next->minute <= minute; ++next, ++taken)
            if (next->minute == minute) named.push_back(next->named);
        if (taken == 0 || taken < regions.size()) return;
        regions.clear();
        taken = 0;
    }

    /// Judges the next minute; true when the world should hear of it. `named` is room to work in.
    bool step(ServiceId service, std::vector<RegionCount>& named, Transition& transition);

    Monitor monitor;
    std::vector<Bin> bins;           // those that are not zero, in order of time
    std::vector<RegionBin> regions;  // in order; of judged minutes the first `taken`, until all of them are
    std::size_t taken = 0;
    std::deque<Change> scheduled;  // settings for bins not yet judged
    std::set<Minute> closings;     // by hand, not yet come to
    std::uint64_t version = 1;
};

bool Board::Watched::step(ServiceId service, std::vector<RegionCount>& named, Transition& transition) {
    const Minute minute = monitor.until();
    while (!scheduled.empty() && scheduled.front().since <= minute) {
        monitor.set(scheduled.front().settings);
        scheduled.pop_front();
    }
    const State from = monitor.verdict().state;
    const Phase phase = monitor.incident().phase;
    const auto peak = monitor.incident().peak;

    transition.service = service;
    take(minute, named);
    monitor.step(bin(minute).reports, named);
    if (closings.erase(monitor.until()) > 0) monitor.close();
    transition.verdict = monitor.verdict();
    const Incident& incident = monitor.incident();
    transition.at = transition.verdict.until;
    transition.from = from;
    transition.to = transition.verdict.state;
    transition.opened = phase != Phase::open && incident.phase == Phase::open;
    transition.closed = phase == Phase::open && incident.phase == Phase::closed;
    transition.updated = phase == Phase::open && incident.phase == Phase::open && incident.peak > peak;
    const bool news = from != transition.to || transition.opened || transition.closed || transition.updated;
    if (news) transition.incident = incident;
    return news;
}

Board::Board() = default;
Board::~Board() = default;
Board::Board(Board&&) noexcept = default;
Board& Board::operator=(Board&&) noexcept = default;

Board::Watched* Board::find(ServiceId service) const {
    const auto found = watched_.find(service);
    return found == watched_.end() ? nullptr : found->second.get();
}

void Board::add(ServiceId service, Monitor monitor) {
    auto& place = watched_[service];
    place = std::make_unique<Watched>(std::move(monitor));
    place->version = ++version_;
}

void Board::replace(ServiceId service, Monitor monitor) {
    auto* watched = find(service);
    if (!watched) return;
    watched->monitor = std::move(monitor);
    watched->version = ++version_;
}

void Board::adopt(ServiceId service, const Incident& incident) {
    auto* watched = find(service);
    if (!watched) return;
    watched->monitor.adopt(incident);
    watched->version = ++version_;
}

void Board::remove(ServiceId service) {
    watched_.erase(service);
}

bool Board::contains(ServiceId service) const {
    return watched_.contains(service);
}

void Board::set(ServiceId service, const DetectorSettings& settings, Minute since) {
    if (auto* watched = find(service)) watched->scheduled.push_back({since, settings});
}

void Board::close(ServiceId service, Minute since) {
    auto* watched = find(service);
    if (watched && since > watched->monitor.until()) watched->closings.insert(since);
}

void Board::apply(ServiceId service, const Bin& bin) {
    auto* watched = find(service);
    if (watched && watched->put(bin)) watched->version = ++version_;
}

void Board::apply(ServiceId service, const RegionBin& bin) {
    if (auto* watched = find(service)) watched->put(bin);
}

std::vector<Transition> Board::advance(Minute complete_until) {
    std::vector<Transition> transitions;
    Transition transition;
    for (auto& [service, watched] : watched_) {
        if (watched->monitor.until() >= complete_until) continue;
        while (watched->monitor.until() < complete_until)
            if (watched->step(service, named_, transition)) transitions.push_back(transition);
        watched->forget();
        watched->version = ++version_;
    }
    complete_until_ = std::max(complete_until_, complete_until);
    std::sort(transitions.begin(), transitions.end(), [](const Transition& a, const Transition& b) {
        return a.at != b.at ? a.at < b.at : a.service < b.service;
    });
    return transitions;
}

const Monitor* Board::monitor(ServiceId service) const {
    const auto* watched = find(service);
    return watched ? &watched->monitor : nullptr;
}

Standing Board::standing(ServiceId service) const {
    const auto* watched = find(service);
    if (!watched) return {};
    Standing standing{.verdict = watched->monitor.verdict(), .incident = watched->monitor.incident()};
    for (auto bin = watched->place(standing.verdict.until); bin != watched->bins.cend(); ++bin)
        standing.running += bin->reports;
    return standing;
}

std::vector<Bin> Board::bins(ServiceId service, Minute from, Minute to) const {
    std::vector<Bin> bins;
    const auto* watched = find(service);
    if (!watched) return bins;
    from = std::max(from, watched->monitor.until() - kept);
    for (auto next = watched->place(from); from < to; from += minutes{1}) {
        const bool there = next != watched->bins.cend() && next->minute == from;
        bins.push_back(there ? *next++ : Bin{.minute = from});
    }
    return bins;
}

std::uint64_t Board::version(ServiceId service) const {
    const auto* watched = find(service);
    return watched ? watched->version : 0;
}

std::vector<ServiceId> Board::services() const {
    std::vector<ServiceId> services;
    services.reserve(watched_.size());
    for (const auto& [service, watched] : watched_) services.push_back(service);
    std::sort(services.begin(), services.end());
    return services;
}

}  // namespace outcry::analytics
