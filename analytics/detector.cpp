// analytics/detector.cpp: a bank of CUSUMs over the learned baseline, and the decision what a quarter-hour may
// teach.
#include "analytics/detector.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::analytics {

namespace {

constexpr double threshold_at_default = 11.05;  // for 1.2 false alarms a year
constexpr double log_alarms_per_nat = .80;
constexpr double headroom = 2;       // the CUSUMs are capped this far above the alarm's score
constexpr double teaches_below = 6;  // a quarter-hour with more evidence than this teaches nothing
constexpr double closes_at_ratio = 1.3, closes_with_extra = .5;
constexpr double recent_half_life = 20;              // minutes
constexpr int relevel_after = 24, relevel_for = 96;  // quarter-hours
constexpr std::array<int, 3> clock_shift{0, 4, -4};
constexpr double against_shift = 3.3, commit_at = 5, clock_noise = 12;
constexpr std::uint32_t first_hour = 4, week = 672;  // quarter-hours

int minutes(Minute at) {
    return static_cast<int>(at.time_since_epoch().count());
}

double strongest(const std::array<double, ratios>& bank) {
    return *std::max_element(bank.begin(), bank.end());
}

}  // namespace

LocalQuarter local_quarter(Minute start, const ZoneOffsets* zone) {
    const auto offset = zone ? std::chrono::floor<std::chrono::minutes>(zone->offset(start)).count() : 0;
    const auto local = minutes(start) + offset;
    LocalQuarter quarter;
    quarter.day = local / 1440 - (local % 1440 < 0);
    quarter.slot = static_cast<int>((local - quarter.day * 1440) / 15);
    quarter.weekday = static_cast<int>((quarter.day % 7 + 7 + 3) % 7);  // 1 January 1970 was a Thursday
    return quarter;
}

double threshold(double false_alarms_per_year) {
    return threshold_at_default + std::log(1.2 / false_alarms_per_year) / log_alarms_per_nat;
}

Detector::Detector(Minute first, std::chrono::minutes bin) : until_(first), bin_(bin) {
    rise_.fill(minutes(first));
    clock_evidence_ = {0, -against_shift, -against_shift};
}

Evidence Detector::step(std::uint32_t count, const ZoneOffsets* zone, double alarm_at) {
    const int quarter = minutes(until_) - minutes(until_) % 15;
    if (quarter != quarter_minute_) {
        quarter_minute_ = quarter;
        begin_quarter(zone);
    }
    const auto bins = 15 / bin_.count();
    const double cap = alarm_at + headroom;
    const std::size_t running = armed_ ? clocks : 1;
    const double best_shift = armed_ ? std::max({0., clock_evidence_[1], clock_evidence_[2]}) : 0;

    double score = 1e9;
    for (std::size_t z = 0; z < running; ++z) {
        const auto evidence = table_[z](count);
        for (std::size_t j = 0; j < ratios; ++j) bank_[z][j] = std::clamp(bank_[z][j] + evidence[j], 0., cap);
        score = std::min(score, strongest(bank_[z]) + (armed_ ? best_shift - clock_evidence_[z] : 0));
    }
    if (baseline_.quarters() < first_hour) {  // nothing to hold the counts against yet
        bank_[0].fill(0);
        score = 0;
    }
    seen_ += count;
    until_ += bin_;
    Evidence result{.score = score, .expected = estimate_[0].expected / static_cast<double>(bins)};
    const auto leading = std::max_element(bank_[0].begin(), bank_[0].end()) - bank_[0].begin();
    for (std::size_t j = 0; j < ratios; ++j)
        if (bank_[0][j] <= 0) rise_[j] = minutes(until_), rise_reports_[j] = seen_;
    result.since = Minute{std::chrono::minutes{rise_[leading]}};
    result.reports_since = seen_ - rise_reports_[leading];

    const double memory = std::pow(.5, static_cast<double>(bin_.count()) / recent_half_life);
    recent_ = recent_ * memory + count;
    recent_usual_ = recent_usual_ * memory + result.expected;
    alarm_ = alarm_ || score >= alarm_at;
    if (alarm_ && score < cap && recent_ <= closes_at_ratio * recent_usual_ + closes_with_extra) {
        for (auto& bank : bank_) bank.fill(0);
        alarm_ = false;
    }

    quarter_reports_ += count;
    quarter_squares_ += static_cast<double>(count) * count;
    ++quarter_bins_;
    if (minutes(until_) - minutes(until_) % 15 != quarter) end_quarter(score);
    return result;
}

void Detector::begin_quarter(const ZoneOffsets* zone) {
    const auto local = local_quarter(Minute{std::chrono::minutes{quarter_minute_}}, zone);
    if (day_ >= 0 && local.day > day_) baseline_.new_day();
    day_ = std::max(day_, local.day);
    const bool arm = !zone && (local.weekday == 6 || local.weekday <= 1) && baseline_.quarters() >= week;
    if (arm && !armed_) {
        bank_[1] = bank_[2] = bank_[0];
        clock_evidence_ = {0, -against_shift, -against_shift};
    }
    armed_ = arm;
    quarter_reports_ = quarter_squares_ = 0;
    quarter_bins_ = 0;
    prepare(zone);
}

void Detector::prepare(const ZoneOffsets* zone) {
    local_ = local_quarter(Minute{std::chrono::minutes{quarter_minute_}}, zone);
    noise_ = baseline_.noise();
    const double bins = 15. / static_cast<double>(bin_.count());
    for (std::size_t z = 0; z < (armed_ ? clocks : 1); ++z) {
        estimate_[z] = baseline_.estimate(local_.slot, local_.weekend(), clock_shift[z]);
        const double null = estimate_[z].usual / bins * (1 + baseline_.indifference(estimate_[z], noise_));
        table_[z] = RatioTable(null, noise_.dispersion, noise_.clustering);
    }
}

void Detector::resume(const ZoneOffsets* zone) {
    if (quarter_minute_ >= 0) prepare(zone);
}

void Detector::end_quarter(double score) {
    if (quarter_bins_ * bin_.count() != 15) return;  // the first one may be cut
    const bool calm = score <= teaches_below;
    hot_quarters_ = calm ? 0 : hot_quarters_ + 1;
    const std::size_t clock = weigh_clocks(local_, calm);
    fast_quarters_ = hot_quarters_ > relevel_after ? relevel_for : std::max(fast_quarters_ - 1, 0);
    const double bins = quarter_bins_;
    baseline_.learn(
        local_, estimate_[clock], noise_,
        {.reports = quarter_reports_,
         .within = bins > 1 ? (quarter_squares_ - quarter_reports_ * quarter_reports_ / bins) / (bins - 1) : 0,
         .bins = quarter_bins_,
         .calm = calm,
         .relevel = fast_quarters_ > 0});
}

/// Weighs the hypotheses of the clock; the one the profile follows from now on (0 unless it has just been
/// rotated).
std::size_t Detector::weigh_clocks(const LocalQuarter& local, bool calm) {
    if (!armed_ || baseline_.quarters() <= 192) return 0;
    std::array<double, clocks> likelihood{};
    for (std::size_t z = 0; z < clocks; ++z) {
        const double m = estimate_[z].expected;
        const double variance =
            noise_.dispersion * m + (clock_noise * noise_.slow + .01 + 1 / estimate_[z].known) * m * m;
        likelihood[z] = log_likelihood(quarter_reports_, m, variance);
    }
    if (!calm) return 0;
    // Clocks change in the night to Sunday: only until its noon is a shift as likely as at first.
    const double least = local.weekday == 6 && local.morning() ? -against_shift : -50;
    for (std::size_t z = 1; z < clocks; ++z) {
        const double gain = std::clamp(likelihood[z] - likelihood[0], -3., 3.);
        clock_evidence_[z] = std::clamp(clock_evidence_[z] + gain, least, commit_at);
        if (clock_evidence_[z] < commit_at) continue;
        baseline_.rotate(clock_shift[z]);
        bank_[0] = bank_[z];
        bank_[3 - z].fill(0);
        clock_evidence_ = {0, -against_shift, -against_shift};
        return z;
    }
    return 0;
}

}  // namespace outcry::analytics
