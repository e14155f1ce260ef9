// analytics/history.hpp: weeks of quarter-hours learned in a moment, when nothing else is left of them.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "analytics/baseline.hpp"
#include "analytics/monitor.hpp"
#include "analytics/zone.hpp"

namespace outcry::analytics {

/// Reports of the 96 quarter-hours of a UTC day.
using DayOfQuarters = std::array<std::uint32_t, 96>;

/// A few bytes for a quiet day: for each quarter-hour that has reports how many without lie before it, then its
/// reports, seven bits a byte.
std::string pack(const DayOfQuarters&);
/// Throws std::invalid_argument on bytes that `pack` did not make.
DayOfQuarters unpack_day(std::string_view);

/// Teaches a baseline, quarter-hour by quarter-hour, without judging minutes. What a quarter-hour teaches is
/// what Detector lets it teach, but for three things: whether it is part of an outage is told from its own
/// count and not from the evidence of minutes, what is expected of a time of day is worked out anew every few
/// days, and nothing is learned of noise within quarter-hours, of bursts, or of regions.
class History {
 public:
    /// `first` lies on a quarter-hour; `zone` may be null (UTC).
    History(Minute first, std::shared_ptr<const ZoneOffsets> zone);

    /// The next quarter-hour.
    void learn(double reports);

    /// End of the last one.
    Minute until() const { return at_; }

    /// A monitor that goes on from there with what was learned.
    Monitor monitor(const DetectorSettings&) const;

 private:
    void begin_day();

    std::shared_ptr<const ZoneOffsets> zone_;
    Minute at_;
    LocalQuarter local_;
    Baseline baseline_;
    Noise noise_;
    std::array<Estimate, 96> estimates_{};  // on working days
    std::int64_t learned_day_ = -1;
    int days_ = 0, hot_ = 0, fast_ = 0;  // local days; quarter-hours of an excess, and of following it
};

}  // namespace outcry::analytics
