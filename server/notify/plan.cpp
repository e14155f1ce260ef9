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
    if (kind == "incident.escalated") return route.escalate.has_value();
    return kind == "incident.updated" || kind == "incident.closed" || kind == "incident.merged" ||
           kind == "incident.reopened";
}

Telling telling(storage::TargetId target, const std::optional<Hold>& hold, Time now, bool only_if_told) {
    return {.target = target,
            .held_by = hold ? hold->by : "",
            .due = hold ? hold->until : now,
            .only_if_told = only_if_told};
}

void add(std::vector<Telling>& all, Telling telling) {
    const auto same = [&](const Telling& known) { return known.target == telling.target; };
    const auto known = std::find_if(all.begin(), all.end(), same);
    if (known == all.end())
        all.push_back(std::move(telling));
    else if (telling.due < known->due)
        *known = std::move(telling);
}

void add(std::vector<Timely>& all, Timely one) {
    const auto same = [&](const Timely& known) {
        return known.telling.target == one.telling.target && known.news.kind == one.news.kind &&
               known.news.at == one.news.at;
    };
    const auto known = std::find_if(all.begin(), all.end(), same);
    if (known == all.end())
        all.push_back(std::move(one));
    else if (one.telling.due < known->telling.due)
        *known = std::move(one);
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
    const auto consider = [&](const AlertRoute& route, const Target& target) {
        auto hold = held_back(subject, route, rules.quiet, now);
        if (ends_a_page && target.kind == "pagerduty") hold.reset();
        if (hold && !opening && !closing) return;
        add(all, telling(target.id, hold, now, !opening));
    };
    for (const auto& route : rules.routes) {
        const auto* target = find_told(rules, route.target);
        if (target && hears(route, news.kind) && matches(route, subject)) consider(route, *target);
    }
    // A line that let the opening through may be gone, or speak of a region that it is about no more.
    const auto planned = [&](const Target& target) {
        const auto is = [&](const Telling& one) { return one.target == target.id; };
        return std::any_of(all.begin(), all.end(), is);
    };
    for (const auto& target : rules.targets)
        if (ends_a_page && !target.off_since && !planned(target)) consider({}, target);
    return all;
}

std::vector<Timely> watch(const storage::Unfinished& incident, const Subject& subject, const Rules& rules,
                          Time now, const Subject* whole) {
    std::vector<Timely> all;
    const auto lasted = now - incident.opened;
    for (const auto& route : rules.routes) {
        const auto* target = find_told(rules, route.target);
        if (!target || !matches(route, subject)) continue;
        const auto hold = held_back(subject, route, rules.quiet, now);
        const auto tell = [&](const char* kind, Time at, bool only_if_told) {
            const storage::News news{.id = {},
                                     .kind = kind,
                                     .incident = incident.id,
                                     .service = incident.service,
                                     .region = subject.region,
                                     .at = at,
                                     .made = now};
            add(all, {news, telling(target->id, hold, now, only_if_told)});
        };
        if (incident.alone_since) tell("incident.reopened", *incident.alone_since, true);
        // An incident may come to a line's severity long after it has opened.
        if (route.severity && !route.escalate) tell("incident.opened", incident.opened, false);
        const bool by_whole = whole && matches(route, *whole);
        if (route.escalate && !incident.acknowledged && lasted >= *route.escalate && !by_whole)
            tell("incident.escalated", incident.opened + *route.escalate, false);
        if (route.remind && lasted >= *route.remind && !hold)
            tell("incident.reminder", incident.opened + lasted / *route.remind * *route.remind, true);
    }
    return all;
}

bool is_let_through(storage::TargetId target, const std::string& kind, const Subject& subject,
                    const Rules& rules) {
    return std::any_of(rules.routes.begin(), rules.routes.end(), [&](const AlertRoute& route) {
        return route.target == target && hears(route, kind) && matches(route, subject);
    });
}

std::optional<Hold> still_held(storage::TargetId target, const std::string& kind, const Subject& subject,
                               const Rules& rules, Time now) {
    std::optional<Hold> soonest;
    for (const auto& route : rules.routes) {
        if (route.target != target || !hears(route, kind) || !matches(route, subject)) continue;
        const auto hold = held_back(subject, route, rules.quiet, now);
        if (!hold) return std::nullopt;
        if (!soonest || hold->until < soonest->until) soonest = hold;
    }
    return soonest;
}

}  // namespace outcry::notify
