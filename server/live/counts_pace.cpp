// server/live/counts_pace.cpp: one small record for each service that had something to tell.
#include "server/live/counts_pace.hpp"

namespace outcry::live {

void CountsPace::note(analytics::ServiceId service, Minute minute) {
    auto& pending = pending_[service];
    pending.minutes.insert(minute);
    pending.changed = true;
}

void CountsPace::note(analytics::ServiceId service) {
    pending_[service].changed = true;
}

std::vector<CountsPace::Due> CountsPace::due(Instant now) {
    std::vector<Due> due;
    for (auto& [service, pending] : pending_) {
        if (!pending.changed || now - pending.told < std::chrono::seconds{1}) continue;
        due.push_back({service, {pending.minutes.begin(), pending.minutes.end()}});
        pending = {.minutes = {}, .changed = false, .told = now};
    }
    return due;
}

}  // namespace outcry::live
