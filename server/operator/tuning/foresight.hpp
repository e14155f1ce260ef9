// server/operator/tuning/foresight.hpp: what a draft of a service's settings would have changed, and its JSON.
#pragma once
#include <optional>
#include <string>

#include "analytics/backtest.hpp"
#include "server/live/recorded.hpp"
#include "server/operator/tuning/rises.hpp"
#include "server/storage/services.hpp"

namespace outcry::operators {

/// What a draft is held against: what the board did, under the settings of each day (record), or what the
/// settings in force now would have done all along (saved).
enum class Against { record, saved };

struct Foresight {
    std::string slug;
    analytics::DetectorSettings saved, draft;  // saved: those in force now
    Against against = Against::record;
    live::Recorded recorded;
    analytics::Comparison comparison;
    std::vector<Rise> rises;  // the same and the labels, newest first

    /// How much later the draft finds the incidents that both find, on average; nothing when there are none.
    std::optional<double> minutes_later() const;
};

/// Pure; some 0.2 µs for each minute that is judged. Never notifies anyone.
Foresight foresee(const storage::Service&, const analytics::DetectorSettings& draft, live::Recorded,
                  Against = Against::record, std::span<const storage::AlertLabel> = {});

/// {"false_alarms_per_year":…,"least_reports":…,"hold":…,"clear":…}, minutes where they are minutes.
std::string settings_json(const analytics::DetectorSettings&);

/// The answer of the preview and of `outcry backtest --json`.
std::string foresight_json(const Foresight&);

}  // namespace outcry::operators
