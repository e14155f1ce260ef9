// server/live/recorded.cpp: bins, zone and settings of one service as the board came by them.
#include "server/live/recorded.hpp"

#include <algorithm>
#include <array>

#include "server/live/raise.hpp"
#include "server/live/settings_history.hpp"
#include "server/live/zones.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/progress.hpp"

namespace outcry::live {

Recorded load_recorded(storage::Transaction& tx, const storage::Service& service, std::chrono::minutes window) {
    Recorded recorded;
    recorded.to = storage::load_progress(tx).complete_until;
    const Minute horizon = recorded.to - window - most_history;
    const auto first =
        first_watched(service, storage::load_first_minutes(tx, std::array{service.id}, horizon), horizon);
    recorded.from = std::clamp(recorded.to - window, std::min(first, recorded.to), recorded.to);

    SettingsHistory settings;
    settings.add(storage::load_settings_of(tx, service.id));
    auto& recording = recorded.recording;
    recording = {.first = first,
                 .counts = storage::load_counts(tx, service.id, first, recorded.to),
                 .regions = storage::load_regions(tx, service.id, first, recorded.to),
                 .zone = load_zone(service.zone, recorded.to),
                 .settings = settings.at(service.id, first).settings};
    for (const auto& later : settings.after(service.id, first))
        recording.changes.push_back({later.since, later.settings});

    for (const auto& closing : storage::load_closings(tx, first))
        if (closing.service == service.id) recording.closings.push_back(closing.since);

    recorded.versions.push_back(settings.at(service.id, recorded.from));
    for (const auto& later : settings.after(service.id, recorded.from))
        if (later.since < recorded.to) recorded.versions.push_back(later);
    return recorded;
}

}  // namespace outcry::live
