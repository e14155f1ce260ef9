// analytics/verdict.hpp: what the detector says about one series at the end of one bin, with its reasons.
#pragma once
#include <cstdint>
#include <string_view>

#include "analytics/time.hpp"

namespace outcry::analytics {

/// The public state of a service. `maintenance` is laid over it by operators, it is no verdict.
enum class State : std::uint8_t { insufficient_data, normal, possible, spike, recovering };

/// The name used in the API, the database and the style sheet: "insufficient_data", "normal", …
std::string_view to_string(State);

/// The settings an operator understands; one version of them per service and change.
struct DetectorSettings {
    double false_alarms_per_year = 1.2;  // budget of one series, 0.05 … 366
    std::uint32_t least_reports = 5;     // a spike needs this many reports in its last hour, 1 … 100,000
    std::chrono::minutes hold{0};        // a spike lasts this long before an incident opens, 0 … 60
    std::chrono::minutes clear{30};      // calm lasts this long before an incident closes, 1 … 1,440
    friend bool operator==(const DetectorSettings&, const DetectorSettings&) = default;
};

/// Enough for anyone to recompute the state from exported bins.
struct Verdict {
    Minute until{};  // end of the last bin seen; the verdict uses nothing later
    State state = State::insufficient_data;
    std::uint32_t observed = 0;       // reports in the 15 minutes before `until`
    double expected = 0;              // reports usual for these 15 minutes, in an incident as known before it
    double low = 0, high = 0;         // the range called "as usual" for these 15 minutes
    double score = 0;                 // evidence, in nats
    double threshold = 0;             // score at which a spike is called
    Minute since{};                   // when the rise began; meaningful unless normal or insufficient_data
    std::uint64_t reports_since = 0;  // reports after `since`
    std::uint32_t last_hour = 0;      // reports in the 60 minutes before `until`

    friend bool operator==(const Verdict&, const Verdict&) = default;

    /// observed over expected, never divided by less than a tenth of a report.
    double ratio() const { return observed / (expected > 0.1 ? expected : 0.1); }
};

}  // namespace outcry::analytics
