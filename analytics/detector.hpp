// analytics/detector.hpp: evidence, bin by bin, that a series brings more reports than usual.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>

#include "analytics/baseline.hpp"
#include "analytics/bursts.hpp"
#include "analytics/drift.hpp"
#include "analytics/likelihood.hpp"
#include "analytics/tail.hpp"
#include "analytics/time.hpp"
#include "analytics/zone.hpp"

namespace outcry::analytics {

/// What the bins so far tell.
struct Evidence {
    double score = 0;                 // nats
    double expected = 0;              // reports usual for the last bin
    Minute since{};                   // end of the last bin before the rise that the score speaks of
    std::uint64_t reports_since = 0;  // reports after `since`
};

/// The score at which a spike is called for a budget of false alarms a year (measured on simulated years;
/// docs/how-we-count.md).
double threshold(double false_alarms_per_year);

/// Six negative-binomial CUSUMs (Page 1954) against the learned baseline; O(1) per bin, no allocation, no
/// clock. With an unknown zone three hypotheses of the local clock run side by side when a clock change is
/// possible.
class Detector {
 public:
    /// The first bin starts at `first`.
    Detector(Minute first, std::chrono::minutes bin);

    /// Goes on with what has been learned up to the local day `day`.
    Detector(Minute first, std::chrono::minutes bin, const Baseline&, std::int64_t day);

    /// The next bin. `zone` may be null (unknown); `alarm_at` is the score that raises an alarm.
    Evidence step(std::uint32_t count, const ZoneOffsets* zone, double alarm_at);

    /// Forgets what was learned since `before` was the baseline.
    void go_back(const Baseline& before, const ZoneOffsets* zone);

    /// The quarter-hour of local time that `start` falls into. With an unknown zone UTC, and what was learned
    /// of the clock's changes.
    LocalQuarter local(Minute start, const ZoneOffsets* zone) const;

    const Baseline& baseline() const { return baseline_; }
    const Estimate& estimate() const { return estimate_[0]; }  // of the running quarter-hour
    const Noise& noise() const { return noise_; }
    /// In the bank's evidence, 0 … 1: little for a series that is bursty or whose last alarms were short.
    double trust() const;
    Minute until() const { return until_; }
    std::chrono::minutes bin() const { return bin_; }
    std::int32_t bins_of_quarter() const { return quarter_bins_; }  // seen of the running quarter-hour

    template <class Archive>
    void visit(Archive& archive) {
        archive(until_, bin_, bank_, rise_, rise_reports_, seen_, clock_evidence_, recent_, recent_usual_,
                hot_quarters_, fast_quarters_, quarter_reports_, quarter_squares_, fine_reports_, fine_highest_,
                quarter_bins_, quarter_minute_, alarm_quarters_, short_alarms_, day_, clock_, armed_, alarm_,
                long_alarm_);
        baseline_.visit(archive);
        drift_.visit(archive);
        tail_.visit(archive);
        bool bursts = bursts_ != nullptr;
        archive(bursts);
        if (bursts && !bursts_) bursts_ = std::make_unique<Bursts>();
        if (bursts) bursts_->visit(archive);
    }

    /// Rebuilds what the running quarter-hour needs after `visit` has read the fields.
    void resume(const ZoneOffsets* zone);

 private:
    static constexpr std::size_t clocks = 3;  // hypotheses: as thought, an hour later, an hour earlier
    using Bank = std::array<double, ratios>;

    double bank_score(std::uint32_t count, double cap);
    double burst_score(std::uint32_t count);
    void note_rises();
    void begin_quarter(const ZoneOffsets* zone);
    void prepare(const ZoneOffsets* zone);
    void end_quarter(double score);
    void learn_tails(double expected);
    std::size_t weigh_clocks(bool calm);

    Minute until_;  // end of the last bin
    std::chrono::minutes bin_;
    Baseline baseline_;
    Drift drift_;
    Tail tail_;
    std::unique_ptr<Bursts> bursts_;  // once the series may be bursty
    std::array<Bank, clocks> bank_{};
    std::array<std::int32_t, ratios> rise_{};           // minutes since 1970 at which each CUSUM last was 0
    std::array<std::uint64_t, ratios> rise_reports_{};  // seen_ at that time
    std::uint64_t seen_ = 0;                            // reports since the first bin
    std::array<double, clocks> clock_evidence_{};
    double recent_ = 0, recent_usual_ = 0;  // exponentially weighted counts, seen and usual
    std::int32_t hot_quarters_ = 0, fast_quarters_ = 0;
    double quarter_reports_ = 0, quarter_squares_ = 0, fine_reports_ = 0,
           fine_highest_ = 0;  // of the running quarter-hour
    std::int32_t quarter_bins_ = 0;
    std::int32_t quarter_minute_ =
        -1;  // start of the running quarter-hour, minutes since 1970; -1 before the first
    std::int32_t alarm_quarters_ = 0;  // since the alarm began
    double short_alarms_ = 0;          // of the last weeks, fading
    std::int64_t day_ = -1;
    std::int32_t clock_ = 0;  // quarter-hours that the local clock was found to be ahead, with an unknown zone
    bool armed_ = false, alarm_ = false, long_alarm_ = false;

    double recent_memory_ = 0;

    // derived from the above for the running quarter-hour
    std::array<LocalQuarter, clocks> local_;
    Noise noise_;
    std::array<Estimate, clocks> estimate_;
    std::array<RatioTable, clocks> table_;
};

}  // namespace outcry::analytics
