// analytics/baseline.cpp: gamma posteriors per quarter-hour of the day, learned from clipped counts.
#include "analytics/baseline.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::analytics {

namespace {

constexpr double profile_kept_a_day = .94;  // the profile forgets with a half-life of 11 days
constexpr double level_moved_a_day = .1;    // share of the log level that moves into the profile each midnight
constexpr double slot_prior = 1.5;          // pseudo-reports pulling a slot to the mean of ±2 hours …
constexpr double hours_prior = 1.5;         // … and that mean to the overall one
constexpr double overall_prior = 4;         // quarter-hours with half a report
constexpr double level_prior = 4;           // reports, seen and usual
constexpr double level_half_life = 64;      // quarter-hours
constexpr double level_kept_when_fast = .917;
constexpr float kept_when_unheard_of = .9F;  // of the profile, each quarter-hour
constexpr double least_level = .9;           // the usual level is never taken for lower than this
constexpr double envelope_errors = 2;        // a neighbouring slot counts less this many standard errors
constexpr double prior_dispersion = .25, prior_clustering = .035;
constexpr std::array<double, 5> kernel{1 / 3., 2 / 3., 1, 2 / 3., 1 / 3.};

int wrap(int slot) {
    return ((slot % 96) + 96) % 96;
}

}  // namespace

double Baseline::level() const {
    return std::clamp((level_seen_ + level_prior) / (level_usual_ + level_prior), .25, 20.);
}

void Baseline::new_day() {
    const double moved = std::pow(level(), level_moved_a_day);
    level_usual_ *= moved;
    total_ *= moved;
    const auto kept = static_cast<float>(profile_kept_a_day * moved);
    for (auto& reports : reports_) reports *= kept;
    for (auto& weight : weight_) weight *= static_cast<float>(profile_kept_a_day);
}

void Baseline::fade(float kept) {
    for (auto& reports : reports_) reports *= kept;
    for (auto& weight : weight_) weight *= kept;
    total_ *= kept;
    exposure_ *= kept;
}

Estimate Baseline::estimate(int slot, bool weekend) const {
    const double prior = exposure_ < 96 ? overall_prior / (1 + total_ / (exposure_ + 1)) : 1;
    const double overall = (total_ + .5) / (exposure_ + prior);
    const double day_type = weekend ? weekend_ : 1;
    double near_reports = 0, near_weight = 0, hours_reports = 0, hours_weight = 0;
    for (int i = -8; i <= 8; ++i) {
        const int at = wrap(slot + i);
        hours_reports += reports_[at];
        hours_weight += weight_[at];
        if (i < -2 || i > 2) continue;
        near_reports += kernel[i + 2] * reports_[at];
        near_weight += kernel[i + 2] * weight_[at];
    }
    const double hours_mean = (hours_reports + hours_prior) / (hours_weight + hours_prior / overall);
    Estimate result;
    result.known = near_reports + slot_prior;
    result.shape = result.known / (near_weight + slot_prior / hours_mean) * day_type;
    // Smoothing over neighbours blurs an edge of the day: by how much, beyond counting noise.
    const double own = reports_[slot], own_weight = weight_[slot];
    if (own > 4 && own_weight > 1) {
        const double error = near_reports / near_weight / (own / own_weight) - 1;
        result.misfit = std::clamp(error * error - 2 / own, 0., 1.);
    }
    double usual = result.shape;
    for (const int i : {-1, 1}) {
        const double reports = reports_[wrap(slot + i)], weight = weight_[wrap(slot + i)];
        if (weight > 1)
            usual = std::max(usual, (reports - envelope_errors * std::sqrt(reports)) / weight * day_type);
    }
    result.expected = std::max(result.shape * level(), 1e-4);
    result.usual = std::max(usual * std::max(level(), least_level), 1e-4);
    return result;
}

Noise Baseline::noise() const {
    const double learned = std::clamp(within_sum_ / within_weight_, .02, 8.);
    return {.dispersion = 1 + prior_dispersion * learned,
            .clustering = std::min(prior_clustering * learned, .3),
            .slow = std::clamp(slow_sum_ / slow_weight_, .002, .5)};
}

double Baseline::indifference(const Estimate& estimate, double slow) const {
    // Slow noise matters once an hour brings many reports; the parts are independent, so they add in
    // quadrature.
    const double hour = estimate.expected * 4, matters = hour / (hour + 8);
    const double young = std::max(0., 1 - quarters_ / 1344.);
    return std::sqrt(4 * slow * matters * matters + 2.25 / estimate.known + 1.1 * 1.1 * young +
                     9 / (total_ + .5));
}

void Baseline::learn(const LocalQuarter& quarter, const Estimate& estimate, const Noise& noise,
                     const Lesson& lesson) {
    const double expected = estimate.expected, now = level();
    const double day_type = quarter.weekend() ? weekend_ : 1;
    double reports =
        lesson.reports;  // what the quarter-hour may teach: at most three standard deviations of surprise
    if (exposure_ >= 8) {
        const double variance =
            noise.dispersion * expected + (noise.slow + 1 / estimate.known) * expected * expected;
        reports = std::min(reports, expected + 3 * std::sqrt(variance) + 1);
    }
    // Where the profile expects next to nothing no level can follow: what lasts becomes the profile instead.
    const bool unheard_of = lesson.relevel && !lesson.calm && level_usual_ < level_prior;
    if (unheard_of) {
        fade(kept_when_unheard_of);
        reports = lesson.reports;
    }
    const bool shapes = lesson.calm || unheard_of;
    if (shapes) {
        reports_[quarter.slot] += static_cast<float>(reports / std::max(now * day_type, .05));
        weight_[quarter.slot] += 1;
    }
    const double kept = exposure_ > 480 ? .998 : 1;
    total_ = total_ * kept + (shapes ? reports : expected);
    exposure_ = exposure_ * kept + 1;
    if (lesson.calm || lesson.relevel) {
        const bool fast = lesson.relevel || (now > 1.3 && lesson.reports < .6 * expected);
        static const double slowly = std::pow(.5, 1 / level_half_life);
        const double memory = fast ? level_kept_when_fast : slowly;
        level_seen_ = level_seen_ * memory + (lesson.relevel ? lesson.reports : reports);
        level_usual_ = level_usual_ * memory + estimate.shape;
    }
    if (quarter.weekend()) {
        weekend_seen_ *= .9985, weekend_usual_ *= .9985;
        if (lesson.calm) weekend_seen_ += reports / now, weekend_usual_ += estimate.shape / weekend_;
        weekend_ = std::clamp((weekend_seen_ + 4) / (weekend_usual_ + 4), .3, 2.5);
    }
    if (lesson.bins > 1 && lesson.calm) learn_dispersion(lesson);
    if (exposure_ > 48) learn_slow_noise(reports, expected, noise, lesson);
    ++quarters_;
}

void Baseline::learn_dispersion(const Lesson& lesson) {
    const double mean = lesson.reports / lesson.bins;
    const double prior = mean * (prior_dispersion + prior_clustering * mean);
    const double weight = lesson.bins / (1 + mean * (1 + prior_clustering * mean));
    within_weight_ = within_weight_ * .9995 + prior * weight;
    within_sum_ = std::max(within_sum_ * .9995 + std::min(lesson.within - mean, 8 * prior + 4) * weight,
                           .02 * within_weight_);
}

void Baseline::learn_slow_noise(double reports, double expected, const Noise& noise, const Lesson& lesson) {
    if (lesson.calm) hour_seen_ += reports, hour_usual_ += expected;
    if (quarters_ % 4 != 3) return;
    if (hour_usual_ > 0) {
        const double hour = std::max(hour_usual_, 1e-3), weight = std::min(1., hour / 20);
        const double error = hour_seen_ / hour - 1;
        const double bin_hours = .25 / lesson.bins;
        const double counting = (noise.dispersion + noise.clustering * hour * bin_hours) / hour;
        slow_sum_ = slow_sum_ * .997 + weight * std::clamp(error * error - counting, -.05, .25);
        slow_weight_ = slow_weight_ * .997 + weight;
    } else {
        slow_sum_ *= .997, slow_weight_ *= .997;
    }
    hour_seen_ = hour_usual_ = 0;
}

}  // namespace outcry::analytics
