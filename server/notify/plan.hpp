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
/// hour. A merge is told to who heard of both. Who was told that an incident is open is told of its end,
/// whatever has become of the lines meanwhile.
std::vector<storage::Telling> plan(const storage::News&, const Subject&, const Rules&, Time now);

/// What time alone makes news of an incident that is going on: reminders, escalations of what nobody has
/// acknowledged, openings for those who hear of large outages only, and that it is open again by itself after
/// the one it was told as a part of. Each target at most once of each, by the route that lets it hear soonest.
/// The same again until it is told; telling it twice changes nothing. `whole`: what an open incident is about
/// that this one is told as a part of; null: none. Its escalations stand for both.
struct Timely {
    storage::News news;  // without an id
    storage::Telling telling;
};
std::vector<Timely> watch(const storage::Unfinished&, const Subject&, const Rules&, Time now,
                          const Subject* whole = nullptr);

/// Whether a route of this target lets news of this kind through at all; routes change while it is held back.
bool is_let_through(storage::TargetId, const std::string& kind, const Subject&, const Rules&);
/// What still keeps it back; nothing when one of these routes would let it out now.
std::optional<Hold> still_held(storage::TargetId, const std::string& kind, const Subject&, const Rules&,
                               Time now);

}  // namespace outcry::notify
