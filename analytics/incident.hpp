// analytics/incident.hpp: when a spike becomes an incident, how it goes on, and when it ends.
#pragma once
#include <cstdint>

#include "analytics/region.hpp"
#include "analytics/verdict.hpp"

namespace outcry::analytics {

enum class Phase : std::uint8_t { none, pending, open, closed };

/// One outage of one series as its users saw it.
struct Incident {
    Phase phase = Phase::none;
    Minute began{};           // when the rise began
    Minute opened{};          // when the spike was declared
    Minute closed{};          // when calm had lasted; valid once closed
    Minute calm_since{};      // start of the present calm; {} while there is none, also after a closing by hand
    Minute pending_since{};   // first bin of the present spike; valid while pending
    std::uint32_t peak = 0;   // most reports in any 15 minutes
    Minute peak_at{};         // end of these 15 minutes
    std::uint64_t total = 0;  // reports since `began`
    RegionKey region{};       // that brings most of the excess; none: the whole does
    Verdict reasons;          // the verdict that opened it

    friend bool operator==(const Incident&, const Incident&) = default;
};

/// What the public is told: a spike goes on while its incident is open, and is recovering once the 15-minute
/// rate is under half of the peak (until it is over three quarters of it); a spike that has not held long
/// enough yet is a possible one.
State shown(const Verdict&, const Incident&, State before);

/// The incident after `verdict`, which covers one more bin with `count` reports. Pure; the caller stores the
/// change. A closed incident followed by a new spike becomes a new one; after a closing by hand only once the
/// rise that it was about is over.
Incident advance(const Incident&, const Verdict& verdict, std::uint32_t count, const DetectorSettings&);

/// An operator ends the incident that is open at `at`; any other stays as it is.
Incident close_by_hand(const Incident&, Minute at);

}  // namespace outcry::analytics
