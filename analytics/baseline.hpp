// analytics/baseline.hpp: what is usual for one series at any time of day, learned so that outages do not teach
// it.
#pragma once
#include <array>
#include <cstdint>

namespace outcry::analytics {

/// A quarter-hour of local time.
struct LocalQuarter {
    int slot = 0;          // 0 … 95 since local midnight
    int weekday = 0;       // 0 Monday … 6 Sunday
    std::int64_t day = 0;  // local days since 1970
    bool weekend() const { return weekday >= 5; }
    bool morning() const { return slot < 48; }
};

/// What the baseline says of one quarter-hour. All means are reports in a quarter-hour.
struct Estimate {
    double shape = 0;     // profile times day type, before the level
    double expected = 0;  // with the level
    double usual = 0;     // upper edge: with the neighbouring quarter-hours, and the level not below .9
    double known = 0;     // effective number of reports behind the shape
    double misfit = 0;    // relative squared error of the shape where the day has an edge
};

/// Variance of a count of mean m within a quarter-hour: dispersion · m + clustering · m²; between hours another
/// slow · m².
struct Noise {
    double dispersion = 1, clustering = 0, slow = 0;
};

/// Gamma posteriors of 96 quarter-hours of local time, a day-type factor and a level (detection.md of the
/// method: points 1-3). Everything a quarter-hour teaches is added once it is complete.
class Baseline {
 public:
    /// What a complete quarter-hour showed.
    struct Lesson {
        double reports = 0;  // in the quarter-hour
        double within = 0;   // variance between its bins (n-1 in the denominator)
        int bins = 1;        // in the quarter-hour
        bool calm = true;    // the detector's evidence is small enough to learn from
        bool relevel =
            false;  // the excess has lasted so long that it is the level; without a past, the profile
    };

    /// Call before the first quarter-hour of a new local day: forgets a little, and moves part of the level
    /// into the profile.
    void new_day();

    Estimate estimate(int slot, bool weekend) const;

    Noise noise() const;

    /// Relative half-width of the zone of indifference above the usual mean; `slow` is the relative variance
    /// between hours.
    double indifference(const Estimate&, double slow) const;

    void learn(const LocalQuarter&, const Estimate&, const Noise&, const Lesson&);

    double level() const;
    double weekend() const { return weekend_; }           // what Saturdays and Sundays bring of a working day
    std::uint32_t quarters() const { return quarters_; }  // seen so far

    template <class Archive>
    void visit(Archive& archive) {
        archive(reports_, weight_, weekend_, weekend_seen_, weekend_usual_, total_, exposure_, level_seen_,
                level_usual_, slow_sum_, slow_weight_, within_sum_, within_weight_, hour_seen_, hour_usual_,
                quarters_);
    }

 private:
    void fade(float kept);  // the profile and the overall mean
    void learn_dispersion(const Lesson&);
    void learn_slow_noise(double reports, double expected, const Noise&, const Lesson&);

    std::array<float, 96> reports_{}, weight_{};  // per slot: reports at level 1, quarter-hours behind them
    double weekend_ = 1, weekend_seen_ = 2, weekend_usual_ = 2;  // factor of Saturdays and Sundays
    double total_ = 0, exposure_ = 0;                            // overall reports and quarter-hours
    double level_seen_ = 0, level_usual_ = 0;      // recent reports, and what the profile alone expected
    double slow_sum_ = .8, slow_weight_ = 40;      // squared relative error of hours
    double within_sum_ = 15, within_weight_ = 60;  // dispersion within quarter-hours, against the prior's
    double hour_seen_ = 0, hour_usual_ = 0;        // the running hour
    std::uint32_t quarters_ = 0;
};

}  // namespace outcry::analytics
