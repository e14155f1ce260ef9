// server/notify/plan.hpp: who is told of what, and when. Pure.
#pragma once
#include <optional>
#include <vector>

#include "server/notify/quiet.hpp"
#include "server/storage/notifications.hpp"

namespace outcry::notify {

/// Everything the plan is made from.
struct Rules {
    std::vector<storage::AlertRoute> routes{};
    std::vector<storage::Target> targets{};
    Quiet quiet{};
};

bool matches(const storage::AlertRoute&, const Subject&);

/// Each target at most once, by the route that lets it hear soonest. An opening that is held back waits; an
/// update that is held back is left out, since the opening will say how things stand by then; updates and
/// closings go only to who was told, and what ends a page (PagerDuty: a closing, a merge) goes whatever the
/// hour. A merge is told to who heard of both.
std::vector<storage::Telling> plan(const storage::News&, const Subject&, const Rules&, Time now);

/// What time alone makes news of an incident that is going on: reminders, escalations of what nobody has
/// acknowledged, and openings for those who hear of large outages only. The same again until it is told;
/// telling it twice changes nothing. `whole`: what an open incident is about that this one is told as a part
/// of; null: none. Its escalations stand for both.
struct Timely {
    storage::News news;  // without an id
    storage::Telling telling;
};
std::vector<Timely> watch(const storage::Unfinished&, const Subject&, const Rules&, Time now,
                          const Subject* whole = nullptr);

/// What still keeps back a delivery to this target; nothing when one of its routes would let it out now.
std::optional<Hold> still_held(storage::TargetId, const Subject&, const Rules&, Time now);

}  // namespace outcry::notify
