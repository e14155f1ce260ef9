// server/notify/quiet.hpp: what keeps news back: announced work, silences, quiet hours. Pure.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/alert_routes.hpp"
#include "server/storage/quiet.hpp"

namespace outcry::notify {

/// What news is about, as routes and silences speak of it.
struct Subject {
    std::optional<storage::ServiceId> service{}, parent{};
    std::string group{}, region{};
    double severity = 0;  // so far, in times of the usual
};

struct Quiet {
    std::vector<storage::Maintenance> maintenances{};
    std::vector<storage::Silence> silences{};
    /// Local time minus UTC in an IANA zone.
    std::function<std::chrono::seconds(const std::string& zone, Time)> offset{};
};

struct Hold {
    std::string by;  // "maintenance", "silence", "quiet hours"
    Time until{};
};

/// What lasts longest of all that keeps this from this route now; nothing: it goes out. Work on a service is
/// work on its parts too.
std::optional<Hold> held_back(const Subject&, const storage::AlertRoute&, const Quiet&, Time now);

/// When these quiet hours end, if `now` lies in them.
std::optional<Time> quiet_until(const storage::QuietHours&, std::chrono::seconds offset, Time now);

}  // namespace outcry::notify
