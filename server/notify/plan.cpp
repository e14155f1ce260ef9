// server/notify/plan.cpp: routes against news.
#include "server/notify/plan.hpp"

#include <algorithm>

namespace outcry::notify {

using storage::AlertRoute;
using storage::Target;
using storage::Telling;

namespace {

const Target* find_told(const Rules& rules, storage::TargetId id) {
    const auto is = [id](const Target& target) { return target.id == id; };
    const auto found = std::find_if(rules.targets.begin(), rules.targets.end(), is);
    return found == rules.targets.end() || found->off_since ? nullptr : &*found;
}

/// Escalation routes hear of an opening only when time has made it theirs.
bool hears(const AlertRoute& route, const std::string& kind) {
    if (kind == "incident.opened") return !route.escalate;
    return kind == "incident.updated" || kind == "incident.closed" || kind == "incident.merged";
}

void add(std::vector<Telling>& all, Telling telling) {
    const auto same = [&](const Telling& known) { return known.target == telling.target; };
    const auto known = std::find_if(all.begin(), all.end(), same);
    if (known == all.end())
        all.push_back(std::move(telling));
    else if (telling.due < known->due)
        *known = std::move(telling);
}

}  // namespace

bool matches(const AlertRoute& route, const Subject& subject) {
    if (route.service && subject.service != route.service && subject.parent != route.service) return false;
    if (!route.group.empty() && route.group != subject.group) return false;
    if (route.severity && subject.severity < *route.severity) return false;
    return route.region.empty() || route.region == subject.region;
}

std::vector<Telling> plan(const storage::News& news, const Subject& subject, const Rules& rules, Time now) {
    std::vector<Telling> all;
    const bool opening = news.kind == "incident.opened", closing = news.kind == "incident.closed";
    const bool ends_a_page = closing || news.kind == "incident.merged";
    for (const auto& route : rules.routes) {
        const auto* target = find_told(rules, route.target);
        if (!target || !hears(route, news.kind) || !matches(route, subject)) continue;
        auto hold = held_back(subject, route, rules.quiet, now);
        if (ends_a_page && target->kind == "pagerduty") hold.reset();
        if (hold && !opening && !closing) continue;
        add(all, {.target = target->id,
                  .held_by = hold ? hold->by : "",
                  .due = hold ? hold->until : now,
                  .only_if_told = !opening});
    }
    return all;
}

std::vector<Timely> watch(const storage::Unfinished& incident, const Subject& subject, const Rules& rules,
                          Time now, const Subject* whole) {
    std::vector<Timely> all;
    const auto lasted = now - incident.opened;
    const auto news = [&](const char* kind, Time at) {
        return storage::News{.id = {},
                             .kind = kind,
                             .incident = incident.id,
                             .service = incident.service,
                             .region = subject.region,
                             .at = at,
                             .made = now};
    };
    for (const auto& route : rules.routes) {
        const auto* target = find_told(rules, route.target);
        if (!target || !matches(route, subject)) continue;
        const auto hold = held_back(subject, route, rules.quiet, now);
        // An incident may come to a line's severity long after it has opened.
        if (route.severity && !route.escalate)
            all.push_back({news("incident.opened", incident.opened),
                           {.target = target->id,
                            .held_by = hold ? hold->by : "",
                            .due = hold ? hold->until : now,
                            .only_if_told = false}});
        const bool by_whole = whole && matches(route, *whole);
        if (route.escalate && !incident.acknowledged && lasted >= *route.escalate && !by_whole)
            all.push_back({news("incident.escalated", incident.opened + *route.escalate),
                           {.target = target->id,
                            .held_by = hold ? hold->by : "",
                            .due = hold ? hold->until : now,
                            .only_if_told = false}});
        if (route.remind && lasted >= *route.remind && !hold)
            all.push_back({news("incident.reminder", incident.opened + lasted / *route.remind * *route.remind),
                           {.target = target->id, .held_by = {}, .due = now, .only_if_told = true}});
    }
    return all;
}

std::optional<Hold> still_held(storage::TargetId target, const Subject& subject, const Rules& rules, Time now) {
    std::optional<Hold> soonest;
    for (const auto& route : rules.routes) {
        if (route.target != target || !matches(route, subject)) continue;
        const auto hold = held_back(subject, route, rules.quiet, now);
        if (!hold) return std::nullopt;
        if (!soonest || hold->until < soonest->until) soonest = hold;
    }
    return soonest;
}

}  // namespace outcry::notify
