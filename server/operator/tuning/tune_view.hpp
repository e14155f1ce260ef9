// server/operator/tuning/tune_view.hpp: what the tuning page of one service shows.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analytics/chart.hpp"
#include "server/operator/account/actor.hpp"
#include "server/operator/tuning/foresight.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::operators {

/// Somebody else saved first.
struct Conflict {
    storage::SettingsEntry base, theirs;  // what the draft was made from; what holds now
};

struct TuneView {
    const storage::Service& service;
    const Foresight& foresight;
    const analytics::Columns& peaks;
    const std::vector<storage::SettingsEntry>& log;  // newest first; the first one holds
    const Actor& actor;
    Time now{};

    std::map<std::string, std::string> typed{};  // by name: what cannot be a value, as it was typed
    std::string notice{};                        // key under operator.tune.notice; empty: none
    std::string notice_kind{};                   // "normal", "possible": the state whose colours it has
    std::optional<Conflict> conflict{};
    std::string note{}, note_error{};
};

/// For the template operator_tune.
pages::Data tune_data(const TuneView&, const pages::Renderer&);

/// The dials' rows: saved values beside the draft's; null: several services have several. `typed` as above.
kainjow::mustache::list dial_rows(const analytics::DetectorSettings* saved,
                                  const analytics::DetectorSettings& draft,
                                  const std::map<std::string, std::string>& typed, const pages::Words&);

/// "false_alarms_per_year=4&least_reports=15&hold=4&clear=30".
std::string draft_query(const analytics::DetectorSettings&);

}  // namespace outcry::operators
