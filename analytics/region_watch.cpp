// analytics/region_watch.cpp: one walk over the regions that were named, or over all while one is awake.
#include "analytics/region_watch.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace outcry::analytics {

namespace {

constexpr double regions_share = .5;        // of the service's budget of false alarms
constexpr double log_alarms_per_nat = .80;  // as in the threshold of a whole service
constexpr double headroom = 2;              // evidence is capped this far above what raises an alarm
constexpr std::int32_t first_day = 1440, young_until = 14 * 1440;  // minutes
constexpr double own_calendar =
    .2;  // a region's day and week differ from the whole's: relative error of its mean
constexpr double unexplained = .25;  // of a region's excess that the others may have
constexpr double kept_a_day = .94;

}  // namespace

double RegionWatch::split() const {
    return minutes_ >= first_day ? -std::log(1 - regions_share) / log_alarms_per_nat : 0;
}

/// The budget of all regions is shared evenly.
double RegionWatch::cost() const {
    return std::log(static_cast<double>(cells_.size()) / regions_share) / log_alarms_per_nat;
}

RegionalEvidence RegionWatch::step(const WholeBin& whole, std::span<const RegionCount> counts,
                                   const EvidenceLimits& limits) {
    if (cells_.empty() && counts.empty()) return {};
    last_ = begin(whole);
    for (const auto& [region, count] : counts)
        if (count > 0) cell(region);
    const double asked = cost();
    const RegionLimits of_region{.awake_at = (limits.possible_at + asked) / whole.trust,
                                 .cap = (limits.spike_at + asked) / whole.trust + headroom,
                                 .least_reports = limits.least_reports};
    take(counts, of_region);
    reports_ += whole.reports;
    minutes_ += last_.bin;

    RegionalEvidence strongest;
    if (awake_ == 0) return strongest;
    for (const auto& cell : cells_) {
        const double score = cell.awake ? cell.strongest() * whole.trust - asked : 0;
        if (score <= strongest.score) continue;
        strongest = {.region = cell.key,
                     .score = score,
                     .since = Minute{std::chrono::minutes{cell.rise}},
                     .reports_since = reports_ - cell.whole_at_rise};
    }
    return strongest;
}

double RegionWatch::score(RegionKey region, double trust) const {
    for (const auto& cell : cells_)
        if (cell.key == region) return std::max(0., cell.strongest_at(empty_) * trust - cost());
    return 0;
}

RegionTime RegionWatch::begin(const WholeBin& whole) {
    const double dispersion = std::max(whole.noise.dispersion - 1, .02);
    const double bins_of_hour = 60. / static_cast<double>(whole.bin.count());
    const double hour = whole.expected * bins_of_hour, matters = hour / (hour + 8);
    const double young = std::max(0., 1 - static_cast<double>(minutes_) / young_until);
    RegionTime time{
        .bin = static_cast<std::int32_t>(whole.bin.count()),
        .until = static_cast<std::int32_t>(whole.until.time_since_epoch().count()),
        .day = static_cast<std::int32_t>(whole.local.day),
        .part = whole.local.slot * (static_cast<double>(day_parts) / 96),
        .weekend = whole.local.weekend(),
        .expected = whole.expected,
        .usual = whole.usual,
        .dispersion = dispersion,
        .clustering = whole.noise.clustering,
        .misfit = own_calendar * own_calendar + 6.25 * whole.noise.slow * matters * matters + 1.1 * 1.1 * young,
        .empty_before = empty_,
        .empty = whole.usual * std::log1p(dispersion) / dispersion,
        .recent_memory = std::exp2(-static_cast<double>(whole.bin.count()) / 20),
        .reports = reports_,
        .teaches = whole.calm,
        .judged = minutes_ >= first_day};
    if (last_.until != 0 && time.day > last_.day) exposure_.forget(std::pow(kept_a_day, time.day - last_.day));
    time.day = std::max(time.day, last_.day);
    recent_usual_ = recent_usual_ * time.recent_memory + whole.expected;
    time.recent_usual = recent_usual_;
    empty_ += time.empty;
    if (whole.calm) exposure_.add(time);
    exposure_.tell(time);
    return time;
}

void RegionWatch::take(std::span<const RegionCount> counts, const RegionLimits& limits) {
    if (awake_ == 0) {
        for (const auto& [region, count] : counts)
            if (count > 0) step(cell(region), count, limits);
        return;
    }
    auto named = counts.begin();
    for (auto& cell : cells_) {
        while (named != counts.end() && named->region < cell.key) ++named;
        const bool here = named != counts.end() && named->region == cell.key && named->count > 0;
        if (here || cell.awake) step(cell, here ? named->count : 0, limits);
    }
}

void RegionWatch::step(RegionCell& cell, std::uint32_t count, const RegionLimits& limits) {
    const auto before = cell.awake;
    cell.step(count, last_, exposure_, limits);
    awake_ = awake_ + cell.awake - before;
}

RegionCell& RegionWatch::cell(RegionKey key) {
    const auto by_key = [](const RegionCell& cell, RegionKey wanted) { return cell.key < wanted; };
    auto found = std::lower_bound(cells_.begin(), cells_.end(), key, by_key);
    if (found != cells_.end() && found->key == key) return *found;
    if (cells_.size() >= most) {
        const auto quiet = std::min_element(cells_.begin(), cells_.end(),
                                            [](const auto& a, const auto& b) { return a.until < b.until; });
        awake_ -= quiet->awake;
        cells_.erase(quiet);
        found = std::lower_bound(cells_.begin(), cells_.end(), key, by_key);
    }
    RegionCell fresh{.key = key, .empty_until = last_.empty_before};
    fresh.until = fresh.rise = last_.until - last_.bin;
    fresh.day = static_cast<std::int16_t>(last_.day);
    return *cells_.insert(found, fresh);
}

RegionKey RegionWatch::explains() const {
    double all = 0, shares = 0, most_excess = 0, its_share = 0;
    const RegionCell* leading = nullptr;
    for (const auto& cell : cells_) {
        const double share = cell.share(last_), recent = cell.recent_at(last_);
        all += recent;
        shares += share;
        const double excess = recent - share * last_.recent_usual;
        if (!cell.awake || cell.reports_since < least_named || excess <= most_excess) continue;
        leading = &cell, most_excess = excess, its_share = share;
    }
    if (!leading) return RegionKey::none;
    const double usual = (shares - its_share) * last_.recent_usual;
    const double rest = all - leading->recent_at(last_) - usual;
    // Weights that halve every 20 minutes: their squares add up to half of what they add up to.
    const double strays = 2 * std::sqrt((1 + last_.dispersion) * usual / 2 + last_.slow * usual * usual);
    const double little = std::min(unexplained, usual / (its_share * last_.recent_usual) / 2) * most_excess;
    return rest <= std::max(little, strays) ? leading->key : RegionKey::none;
}

void RegionWatch::resize(std::uint32_t number) {
    if (number > most) throw std::invalid_argument("the saved state of a series has too many regions");
    cells_.resize(number);
}

}  // namespace outcry::analytics
