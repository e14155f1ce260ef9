// server/notify/quiet.cpp: the longest of what applies.
#include "server/notify/quiet.hpp"

#include <algorithm>

namespace outcry::notify {
namespace {

bool concerns(const storage::Maintenance& window, const Subject& subject) {
    return subject.service == window.service || subject.parent == window.service;
}

bool concerns(const storage::Silence& silence, const Subject& subject) {
    if (silence.service) return subject.service == silence.service || subject.parent == silence.service;
    return silence.group.empty() || silence.group == subject.group;
}

template <class Span>
bool lasts(const Span& span, Time now) {
    return span.starts <= now && now < span.ends;
}

}  // namespace

std::optional<Time> quiet_until(const storage::QuietHours& hours, std::chrono::seconds offset, Time now) {
    using std::chrono::minutes;
    constexpr minutes day{24 * 60};
    const auto local = std::chrono::floor<minutes>(now + offset);
    const auto minute = (local.time_since_epoch() % day + day) % day;
    const bool within = hours.from < hours.to ? hours.from <= minute && minute < hours.to
                                              : minute >= hours.from || minute < hours.to;
    if (!within) return std::nullopt;
    return std::chrono::floor<minutes>(now) + (hours.to - minute + day) % day;
}

std::optional<Hold> held_back(const Subject& subject, const storage::AlertRoute& route, const Quiet& quiet,
                              Time now) {
    std::optional<Hold> longest;
    const auto consider = [&](const char* by, Time until) {
        if (!longest || until > longest->until) longest = Hold{by, until};
    };
    for (const auto& window : quiet.maintenances)
        if (lasts(window, now) && concerns(window, subject)) consider("maintenance", window.ends);
    for (const auto& silence : quiet.silences)
        if (lasts(silence, now) && concerns(silence, subject)) consider("silence", silence.ends);
    if (route.quiet)
        if (const auto until = quiet_until(*route.quiet, quiet.offset(route.quiet->zone, now), now))
            consider("quiet hours", *until);
    return longest;
}

}  // namespace outcry::notify
