// analytics/region_cell.cpp: shares by the part of the day, and CUSUMs whose loss over empty bins is one
// subtraction.
#include "analytics/region_cell.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analytics/likelihood.hpp"

namespace outcry::analytics {

namespace {

constexpr double kept_a_day = .94;       // shares forget as the profile does
constexpr double part_prior = 3;         // pseudo-reports pulling a part of the day to the whole day
constexpr double day_prior = 8;          // … and weekends to working days
constexpr double recent_half_life = 20;  // minutes
constexpr double teaches_below = 6, rises_above = 1;  // nats
constexpr double closes_at_ratio = 1.3, closes_with_extra = .5;
constexpr double teaches_after = 360, follows_within = 180;  // minutes of an excess that does not end
constexpr std::uint32_t exact_below = 12;
const std::array<float, region_ratios.size()> first_report{
    static_cast<float>(std::log(region_ratios[0])), static_cast<float>(std::log(region_ratios[1])),
    static_cast<float>(std::log(region_ratios[2])), static_cast<float>(std::log(region_ratios[3]))};

/// log of (ρk)(ρk+1)…(ρk+x-1) / k(k+1)…(k+x-1): what `count` reports say of a negative binomial whose size
/// grows with its mean, so that empty bins say the same for each unit of mean.
double rising(double size, double ratio, std::uint32_t count) {
    if (count >= exact_below)
        return log_gamma(ratio * size + count) - log_gamma(ratio * size) - log_gamma(size + count) +
               log_gamma(size);
    double product = ratio;
    for (std::uint32_t i = 1; i < count; ++i) product *= (ratio * size + i) / (size + i);
    return std::log(product);
}

}  // namespace

void Exposure::add(const RegionTime& time) {
    parts[static_cast<std::size_t>(time.part) % day_parts] += time.expected;
    if (time.weekend) weekends += time.expected;
}

void Exposure::tell(RegionTime& time) const {
    const double place = time.part + day_parts - .5;
    time.part_before = static_cast<std::size_t>(place) % day_parts;
    time.part_after = (time.part_before + 1) % day_parts;
    time.later = place - std::floor(place);
    time.exposure = std::accumulate(parts.begin(), parts.end(), 0.);
    time.exposure_here = (1 - time.later) * parts[time.part_before] + time.later * parts[time.part_after];
    time.exposure_day_type = time.weekend ? weekends : time.exposure - weekends;
}

void Exposure::forget(double kept) {
    for (auto& usual : parts) usual *= kept;
    weekends *= kept;
}

double RegionCell::strongest() const {
    return *std::max_element(bank.begin(), bank.end());
}

double RegionCell::strongest_at(double empty) const {
    double strongest = 0;
    for (std::size_t j = 0; j < bank.size(); ++j)
        strongest = std::max(strongest, bank[j] - (region_ratios[j] - 1) * null * (empty - empty_until));
    return strongest;
}

double RegionCell::recent_at(const RegionTime& time) const {
    return until == time.until ? recent : recent * std::exp2((until - time.until) / recent_half_life);
}

double RegionCell::share(const RegionTime& time) const {
    return known(time).share;
}

RegionCell::Known RegionCell::known(const RegionTime& time) const {
    const double kept = time.day > day ? std::pow(kept_a_day, time.day - day) : 1;
    const double reports = std::accumulate(seen.begin(), seen.end(), 0.f) * kept;
    const double overall = (reports + .5) / (time.exposure + 4);
    const double here = ((1 - time.later) * seen[time.part_before] + time.later * seen[time.part_after]) * kept;
    const double day_reports = time.weekend ? seen_weekends * kept : reports - seen_weekends * kept;
    const double day_type = (day_reports + day_prior) / (time.exposure_day_type * overall + day_prior);
    return {.share = (here + part_prior) * overall / (time.exposure_here * overall + part_prior) * day_type,
            .reports = here + part_prior / 2};
}

void RegionCell::step(std::uint32_t count, const RegionTime& time, const Exposure& exposure,
                      const RegionLimits& limits) {
    // Empty bins since the last one.
    const auto lost = static_cast<float>((time.empty_before - empty_until) * null);
    for (std::size_t j = 0; j < bank.size(); ++j)
        bank[j] = std::max(0.f, bank[j] - static_cast<float>(region_ratios[j] - 1) * lost);
    const int passed = time.until - until;
    recent = passed == time.bin ? static_cast<float>(recent * time.recent_memory)
                                : static_cast<float>(recent * std::exp2(-passed / recent_half_life));
    forget(time);
    if (strongest() <= rises_above) {
        rise = time.until - time.bin;
        whole_at_rise = time.reports;
        reports_since = 0;
    }

    const auto usual = known(time);
    const double wide = 1 + std::sqrt(time.misfit + 2.25 / usual.reports);
    null = static_cast<float>(usual.share * wide);
    const double mean = null * time.usual;
    const double size = mean / (time.dispersion + time.clustering * mean);
    for (std::size_t j = 0; j < bank.size() && time.judged; ++j) {
        const double told = count == 0   ? 0
                            : count == 1 ? first_report[j]
                                         : rising(size, region_ratios[j], count);
        bank[j] = static_cast<float>(
            std::clamp(bank[j] + told - (region_ratios[j] - 1) * null * time.empty, 0., limits.cap));
    }
    learn(count, usual, time, exposure, passed);
    recent += static_cast<float>(count);
    reports_since += count;
    until = time.until;
    empty_until = time.empty_before + time.empty;

    const double score = strongest();
    if (!awake)
        awake = score >= limits.awake_at && reports_since >= limits.least_reports;
    else if (score < limits.awake_at / 2)
        awake = 0;
    if (awake && score < limits.cap &&
        recent <= closes_at_ratio * usual.share * time.recent_usual + closes_with_extra) {
        bank.fill(0);
        awake = 0;
    }
}

void RegionCell::forget(const RegionTime& time) {
    if (time.day <= day) return;
    const auto kept = static_cast<float>(std::pow(kept_a_day, time.day - day));
    for (auto& reports : seen) reports *= kept;
    seen_weekends *= kept;
    day = static_cast<std::int16_t>(time.day);
}

/// An outage teaches nothing, whether it is the region's or the whole's, until it has lasted so long that it is
/// usual.
void RegionCell::learn(std::uint32_t count, const Known& usual, const RegionTime& time,
                       const Exposure& exposure, double passed) {
    const bool hot = strongest() > teaches_below;
    if (!hot)
        hot_since = -1;
    else if (hot_since < 0)
        hot_since = time.until;
    if (!time.teaches) return;
    const double mean = usual.share * time.expected;
    const auto teach = [&](double reports) {
        seen[static_cast<std::size_t>(time.part) % day_parts] += static_cast<float>(reports);
        if (time.weekend) seen_weekends += static_cast<float>(reports);
    };
    if (!hot) {
        const double most = mean + 3 * std::sqrt((1 + time.dispersion) * mean) + 1;
        return teach(time.judged ? std::min<double>(count, most) : count);
    }
    teach(mean);
    if (time.until - hot_since < teaches_after) return;
    const double rate = count / (time.expected * std::max(1., passed / time.bin));
    const double moved = (rate - usual.share) * std::min(1., passed / follows_within);
    // A weekend that is other than thought says so of weekends alone.
    const double meant = time.weekend ? exposure.weekends / time.exposure : 1;
    for (std::size_t i = 0; i < day_parts; ++i)
        seen[i] = std::max(0.f, seen[i] + static_cast<float>(moved * meant * exposure.parts[i]));
    seen_weekends = std::max(0.f, seen_weekends + static_cast<float>(moved * exposure.weekends));
}

}  // namespace outcry::analytics
