// server/storage/notifications.hpp: news on its way from the outbox to those who are to be told.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/storage/incidents.hpp"
#include "server/storage/targets.hpp"

namespace outcry::storage {

/// Something that happened, with the id that receivers know it by.
struct News {
    std::string id{};    // UUIDv7
    std::string kind{};  // "incident.opened", ".updated", ".closed", ".merged", ".reopened", ".reminder",
                         // ".escalated"; "test"
    std::optional<IncidentId> incident{};
    std::optional<ServiceId> service{};
    std::string region{};
    double severity = 0;  // of the incident so far: its peak in times of the usual
    Time at{};            // when it happened
    Time made{};          // when it became news
};

/// One target is told, now or when what holds it back ends.
struct Telling {
    TargetId target{};
    std::string held_by{};  // "", "maintenance", "silence", "quiet hours", "merge"
    Time due{};
    bool only_if_told = false;  // of the incident, before
};

/// True when this transaction is the one that tells, until it ends; false when another one is at it.
bool lock_telling(Transaction&);
/// Oldest first, at most `most`; gone from the outbox when this transaction commits.
std::vector<News> take_outbox(Transaction&, int most, Time now);
/// Stores the news and who is told of it. News that is known already (the same incident, kind and time) keeps
/// the id it had.
void tell(Transaction&, const News&, const std::vector<Telling>&);
/// Of an incident that is over nothing is told that was held back, says that it lasts, or pages somebody.
void cancel_over(Transaction&, const IncidentId&, Time now);
/// That nobody acknowledges an incident is told no more once somebody has.
void cancel_acknowledged(Transaction&, Time now);
/// That an incident came under another, which is over, is told no more to who has not heard it.
void cancel_unsaid_merge(Transaction&, const IncidentId&, Time now);

/// An incident that is going on.
struct Unfinished {
    IncidentId id;
    ServiceId service{};
    Time opened{};
    bool acknowledged = false;         // or the open one that it is a part of
    std::string region{};              // that brings most of the excess; empty: none does
    std::optional<ServiceId> whole{};  // the service of the open incident that it is told as a part of
    std::string whole_region{};
    std::optional<Time> alone_since{};        // when the one that it was told as a part of ended
    double severity = 0, whole_severity = 0;  // so far: the peak in times of the usual
};
std::vector<Unfinished> load_unfinished(Transaction&);

/// Removes what was told and done 30 days ago.
void retain_notifications(Transaction&, Time now);

}  // namespace outcry::storage
