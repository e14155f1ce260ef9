// analytics/bursts.hpp: for a bursty series, how unusual the present burst is among its own bursts.
#pragma once
#include <array>
#include <cstdint>

namespace outcry::analytics {

/// Three fast measures of a burst (two CUSUMs with bounded evidence, and the agreement of two bins in a row),
/// each turned into -log p by a generalised Pareto tail fitted to this series' own six-hour peaks, then added
/// (Fisher).
class Bursts {
 public:
    /// What one bin says.
    struct Bin {
        double count = 0, usual = 0,
               size = 0;                   // the count, the null mean, and the size of its negative binomial
        double moderate = 0, massive = 0;  // evidence for 12 and for 150 times the usual
    };

    /// The score after one more bin, in nats.
    double step(const Bin&, double bin_minutes);

    /// Counts of a complete quarter-hour's fine bin, for the plain tail index.
    void learn(double count, double expected);

    /// Every six hours: the tails are learned from the peaks.
    void close_peak();

    template <class Archive>
    void visit(Archive& archive) {
        archive(sums_, last_agreement_, hill_count_, hill_sum_, peaks_, likelihood_, met_, looked_);
    }

    Bursts() { resume(); }

    /// Recomputes what follows from the fields.
    void resume();

    /// After an alarm has closed: the next burst begins at nothing.
    void reset() { sums_ = {}; }

 private:
    static constexpr std::size_t measures = 3, shapes = 4, scales = 9;
    double nats(std::size_t measure, double value) const;

    std::array<double, 2> sums_{};
    double last_agreement_ = 0;
    double hill_count_ = 5, hill_sum_ = 5 / 8.;
    std::array<double, measures> peaks_{};
    std::array<std::array<float, shapes * scales>, measures> likelihood_{};
    std::array<double, measures> met_{5, 5, 5}, looked_{20, 20, 20};  // peaks above the floor, of so many
    std::array<std::array<float, shapes * scales>, measures> posterior_{};
};

}  // namespace outcry::analytics
