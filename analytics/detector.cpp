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
constexpr double teaches_below = 6;  // a quarter-hour with more evidence than this teaches nothing …
constexpr double drifts_below = 3;   // … and is no slow noise
constexpr double closes_at_ratio = 1.3, closes_with_extra = .5;
constexpr double recent_half_life = 20;                  // minutes
constexpr int relevel_after = 24, relevel_for = 96;      // quarter-hours
constexpr double bank_doubt = .75, burst_weight = 1.38;  // how a bursty series' own scale replaces the bank's
constexpr double bounded_above = .01, bursts_above = 1e-4;  // probabilities of being bursty
// Outages last for hours, bursts do not: a series with several short alarms in a month needs more evidence for
// the next.
constexpr int short_alarm = 8;                                    // quarter-hours
constexpr double short_alarms_free = 1.5, short_alarms_most = 6;  // in the memory of
constexpr double short_alarms_kept = .9998;                       // a quarter-hour
constexpr double doubt_a_short_alarm = .5;
constexpr std::size_t evidence_of_twelve = 3;
constexpr std::array<int, 3> clock_shift{0, 4, -4};
constexpr double against_shift = 3.3, commit_at = 5, clock_noise = 12;
constexpr std::uint32_t first_hour = 4, half_day = 48, week = 672;  // quarter-hours

int minutes(Minute at) {
    return static_cast<int>(at.time_since_epoch().count());
}

double strongest(const std::array<double, ratios>& bank) {
    return *std::max_element(bank.begin(), bank.end());
}

}  // namespace

LocalQuarter Detector::local(Minute start, const ZoneOffsets* zone) const {
    const auto offset =
        zone ? std::chrono::floor<std::chrono::minutes>(zone->offset(start)).count() : 15 * clock_;
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
    resume(nullptr);
}

Detector::Detector(Minute first, std::chrono::minutes bin, const Baseline& baseline, std::int64_t day)
    : Detector(first, bin) {
    baseline_ = baseline;
    day_ = day;
}

void Detector::go_back(const Baseline& before, const ZoneOffsets* zone) {
    baseline_ = before;
    hot_quarters_ = fast_quarters_ = 0;
    prepare(zone);
}

Evidence Detector::step(std::uint32_t count, const ZoneOffsets* zone, double alarm_at) {
    const int quarter = minutes(until_) - minutes(until_) % 15;
    if (quarter != quarter_minute_) {
        quarter_minute_ = quarter;
        begin_quarter(zone);
    }
    const double cap = alarm_at + headroom, bursty = tail_.bursty();
    const double trusted = trust();
    double score = trusted * bank_score(count, cap / trusted);
    if (bursts_) score = std::max(score, std::min(burst_weight * bursty * burst_score(count), cap));
    tail_.note(bank_[0][evidence_of_twelve]);
    if (baseline_.quarters() < first_hour) {  // nothing to hold the counts against yet
        bank_[0].fill(0);
        score = 0;
    }
    seen_ += count;
    until_ += bin_;
    note_rises();
    const auto leading = std::max_element(bank_[0].begin(), bank_[0].end()) - bank_[0].begin();
    const double bins = 15. / static_cast<double>(bin_.count());
    const Evidence result{.score = score,
                          .expected = estimate_[0].expected / bins,
                          .since = Minute{std::chrono::minutes{rise_[leading]}},
                          .reports_since = seen_ - rise_reports_[leading]};

    recent_ = recent_ * recent_memory_ + count;
    recent_usual_ = recent_usual_ * recent_memory_ + result.expected;
    alarm_ = alarm_ || score >= alarm_at;
    if (alarm_ && score < cap && recent_ <= closes_at_ratio * recent_usual_ + closes_with_extra) {
        for (auto& bank : bank_) bank.fill(0);
        if (bursts_) bursts_->reset();
        if (alarm_quarters_ < short_alarm) short_alarms_ += 1;
        alarm_ = false;
    }

    quarter_reports_ += count;
    quarter_squares_ += static_cast<double>(count) * count;
    ++quarter_bins_;
    fine_reports_ += count;
    if (bin_.count() > 1 || quarter_bins_ % 5 == 0) {
        fine_highest_ = std::max(fine_highest_, fine_reports_);
        if (bursts_) bursts_->learn(fine_reports_, estimate_[0].expected / std::min(bins, 3.));
        fine_reports_ = 0;
    }
    if (minutes(until_) - minutes(until_) % 15 != quarter) end_quarter(score);
    return result;
}

double Detector::trust() const {
    const double crying = std::clamp(short_alarms_ - short_alarms_free, 0., short_alarms_most);
    return (1 - bank_doubt * tail_.bursty()) / (1 + doubt_a_short_alarm * crying);
}

double Detector::bank_score(std::uint32_t count, double cap) {
    const double best_shift = armed_ ? std::max({0., clock_evidence_[1], clock_evidence_[2]}) : 0;
    double score = 1e9;
    for (std::size_t z = 0; z < (armed_ ? clocks : 1); ++z) {
        const auto evidence =
            tail_.bursty() > bounded_above ? table_[z].bounded(count, tail_.index()) : table_[z](count);
        for (std::size_t j = 0; j < ratios; ++j) bank_[z][j] = std::clamp(bank_[z][j] + evidence[j], 0., cap);
        score = std::min(score, strongest(bank_[z]) + (armed_ ? best_shift - clock_evidence_[z] : 0));
    }
    return score;
}

double Detector::burst_score(std::uint32_t count) {
    const auto evidence = table_[0](count);
    return bursts_->step({.count = static_cast<double>(count),
                          .usual = table_[0].mean(),
                          .size = table_[0].size(),
                          .moderate = evidence[evidence_of_twelve],
                          .massive = evidence.back()},
                         static_cast<double>(bin_.count()));
}

void Detector::note_rises() {
    for (std::size_t j = 0; j < ratios; ++j)
        if (bank_[0][j] <= 0) rise_[j] = minutes(until_), rise_reports_[j] = seen_;
}

void Detector::begin_quarter(const ZoneOffsets* zone) {
    const auto local = this->local(Minute{std::chrono::minutes{quarter_minute_}}, zone);
    if (day_ >= 0 && local.day > day_) {
        baseline_.new_day();
        drift_.forget(noise_);
    }
    day_ = std::max(day_, local.day);
    const bool arm = !zone && (local.weekday == 6 || local.weekday <= 1) && baseline_.quarters() >= week;
    if (arm && !armed_) {
        bank_[1] = bank_[2] = bank_[0];
        clock_evidence_ = {0, -against_shift, -against_shift};
    }
    armed_ = arm;
    quarter_reports_ = quarter_squares_ = fine_reports_ = fine_highest_ = 0;
    quarter_bins_ = 0;
    prepare(zone);
}

void Detector::prepare(const ZoneOffsets* zone) {
    noise_ = baseline_.noise();
    const double bins = 15. / static_cast<double>(bin_.count());
    for (std::size_t z = 0; z < (armed_ ? clocks : 1); ++z) {
        local_[z] = local(Minute{std::chrono::minutes{quarter_minute_ + 15 * clock_shift[z]}}, zone);
        estimate_[z] = baseline_.estimate(local_[z].slot, local_[z].weekend());
        const auto [factor, slow] = drift_.outlook(estimate_[z], noise_);
        const double null =
            estimate_[z].usual / bins * factor * (1 + baseline_.indifference(estimate_[z], slow));
        table_[z] = RatioTable(null, noise_.dispersion, noise_.clustering);
    }
}

void Detector::resume(const ZoneOffsets* zone) {
    recent_memory_ = std::pow(.5, static_cast<double>(bin_.count()) / recent_half_life);
    if (bursts_) bursts_->resume();
    if (quarter_minute_ >= 0) prepare(zone);
}

void Detector::end_quarter(double score) {
    if (quarter_bins_ * bin_.count() != 15) return;  // the first one may be cut
    alarm_quarters_ = alarm_ ? alarm_quarters_ + 1 : 0;
    short_alarms_ *= short_alarms_kept;
    const bool calm = score <= teaches_below;
    hot_quarters_ = calm ? 0 : hot_quarters_ + 1;
    const std::size_t clock = weigh_clocks(calm);
    fast_quarters_ = hot_quarters_ > relevel_after ? relevel_for : std::max(fast_quarters_ - 1, 0);
    const double bins = quarter_bins_;
    drift_.learn(quarter_reports_, quarter_bins_, estimate_[clock], noise_, score <= drifts_below);
    learn_tails(estimate_[clock].expected / std::min(bins, 3.));
    baseline_.learn(
        local_[clock], estimate_[clock], noise_,
        {.reports = quarter_reports_,
         .within = bins > 1 ? (quarter_squares_ - quarter_reports_ * quarter_reports_ / bins) / (bins - 1) : 0,
         .bins = quarter_bins_,
         .calm = calm,
         .relevel = fast_quarters_ > 0});
}

/// One outage teaches the tails once: when it lasts into the next six hours, these say nothing.
void Detector::learn_tails(double expected) {
    const bool teaches = baseline_.quarters() >= half_day && !long_alarm_;
    if (long_alarm_) tail_.forget();
    if (!tail_.learn(fine_highest_, expected, teaches)) return;
    if (bursts_) bursts_->close_peak();
    if (!bursts_ && tail_.bursty() > bursts_above) bursts_ = std::make_unique<Bursts>();
    long_alarm_ = alarm_;
}

/// Weighs the hypotheses of the clock; the one that holds from now on (0 unless it has just been changed). The
/// whole local time moves with it: the profile, midnight and the weekend.
std::size_t Detector::weigh_clocks(bool calm) {
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
    const double least = local_[0].weekday == 6 && local_[0].morning() ? -against_shift : -50;
    for (std::size_t z = 1; z < clocks; ++z) {
        const double gain = std::clamp(likelihood[z] - likelihood[0], -3., 3.);
        clock_evidence_[z] = std::clamp(clock_evidence_[z] + gain, least, commit_at);
        if (clock_evidence_[z] < commit_at) continue;
        clock_ += clock_shift[z];
        bank_[0] = bank_[z];
        bank_[3 - z].fill(0);
        clock_evidence_ = {0, -against_shift, -against_shift};
        return z;
    }
    return 0;
}

}  // namespace outcry::analytics
