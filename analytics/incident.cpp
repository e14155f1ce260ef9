// analytics/incident.cpp: pending, open, closed; both edges are damped, by hold and by clear.
#include "analytics/incident.hpp"

namespace outcry::analytics {

namespace {

Incident begin(const Verdict& verdict) {
    Incident incident;
    incident.phase = Phase::pending;
    incident.began = verdict.since;
    incident.pending_since = verdict.until;
    incident.total = verdict.reports_since;
    incident.reasons = verdict;
    return incident;
}

void note_peak(Incident& incident, const Verdict& verdict) {
    if (verdict.observed <= incident.peak) return;
    incident.peak = verdict.observed;
    incident.peak_at = verdict.until;
}

}  // namespace

Incident advance(const Incident& before, const Verdict& verdict, std::uint32_t count,
                 const DetectorSettings& settings) {
    const bool spiking = verdict.state == State::spike;
    if (before.phase == Phase::closed && before.calm_since == Minute{}) {  // by hand
        auto over = before;
        if (!spiking && verdict.state != State::possible) over.calm_since = verdict.until;
        return over;
    }
    const bool running = before.phase == Phase::pending || before.phase == Phase::open;
    if (!running && !spiking) return before;
    if (before.phase == Phase::pending && !spiking) return {};

    Incident incident = running ? before : begin(verdict);
    if (running) incident.total += count;
    note_peak(incident, verdict);
    if (incident.phase == Phase::pending && verdict.until - incident.pending_since >= settings.hold) {
        incident.phase = Phase::open;
        incident.opened = verdict.until;
        incident.reasons = verdict;
    }
    if (spiking || verdict.state == State::possible) {
        incident.calm_since = {};
    } else if (incident.calm_since == Minute{}) {
        incident.calm_since = verdict.until;
    } else if (verdict.until - incident.calm_since >= settings.clear) {
        incident.phase = Phase::closed;
        incident.closed = verdict.until;
    }
    return incident;
}

Incident close_by_hand(const Incident& incident, Minute at) {
    if (incident.phase != Phase::open) return incident;
    auto closed = incident;
    closed.phase = Phase::closed;
    closed.closed = at;
    closed.calm_since = {};
    return closed;
}

State shown(const Verdict& verdict, const Incident& incident, State before) {
    if (incident.phase == Phase::open) {
        const auto observed = std::uint64_t{verdict.observed}, peak = std::uint64_t{incident.peak};
        const bool low = before == State::recovering ? observed * 4 < peak * 3 : observed * 2 < peak;
        return low ? State::recovering : State::spike;
    }
    return verdict.state == State::spike ? State::possible : verdict.state;
}

}  // namespace outcry::analytics
