// server/operator/telling/route_changes.cpp: fields to conditions.
#include "server/operator/telling/route_changes.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server/http/negotiation.hpp"
#include "server/live/zones.hpp"
#include "server/operator/moment.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/deliveries.hpp"

namespace outcry::operators {

using nlohmann::json;
using storage::AlertRoute;
using storage::Transaction;

const std::vector<std::string_view> route_fields{"target",           "service",  "group",      "region",
                                                 "quiet_from",       "quiet_to", "quiet_zone", "remind_minutes",
                                                 "escalate_minutes", "severity"};

namespace {

std::optional<long> whole_number(const std::string& text) {
    long value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc{} || stopped != end || text.empty()) return std::nullopt;
    return value;
}

struct Reading {
    const Input& input;
    const pages::Words& words;
    Flaws& flaws;

    void wrong(const char* field, const char* key) const {
        flaws.push_back({field, words.text(std::string("operator.routes.wrong.") + key)});
    }

    std::optional<long> number(const char* field, long least, long most) const {
        const auto text = input.text(field);
        if (text.empty()) return std::nullopt;
        const auto value = whole_number(text);
        if (!value || *value < least || *value > most)
            flaws.push_back(
                {field, words.text("operator.routes.wrong.span",
                                   {{"least", std::to_string(least)}, {"most", std::to_string(most)}})});
        return value;
    }

    std::optional<std::chrono::minutes> span(const char* field, long least, long most) const {
        const auto minutes = number(field, least, most);
        return minutes ? std::optional{std::chrono::minutes{*minutes}} : std::nullopt;
    }

    std::optional<storage::QuietHours> quiet() const {
        const auto from = input.text("quiet_from"), to = input.text("quiet_to");
        if (from.empty() && to.empty()) return std::nullopt;
        const auto begin = parse_time_of_day(from), end = parse_time_of_day(to);
        if (!begin) wrong("quiet_from", "time");
        if (!end || begin == end) wrong("quiet_to", begin == end && end ? "same" : "time");
        const auto zone = input.text("quiet_zone").empty() ? std::string("UTC") : input.text("quiet_zone");
        if (!live::is_zone(zone)) wrong("quiet_zone", "zone");
        return storage::QuietHours{.from = begin.value_or(std::chrono::minutes{}),
                                   .to = end.value_or(std::chrono::minutes{}),
                                   .zone = zone};
    }
};

json conditions(const AlertRoute& route) {
    json out{{"service", route.service_slug}, {"group", route.group}, {"region", route.region}};
    out["remind_minutes"] = route.remind ? json(route.remind->count()) : json();
    out["escalate_minutes"] = route.escalate ? json(route.escalate->count()) : json();
    out["severity"] = route.severity ? json(*route.severity) : json();
    if (route.quiet)
        out["quiet"] = {time_of_day_text(route.quiet->from), time_of_day_text(route.quiet->to),
                        route.quiet->zone};
    return out;
}

/// Both as they are read from the database, which knows their names.
void note(Transaction& tx, const Actor& actor, const char* action, Time now,
          const std::optional<AlertRoute>& before, const std::optional<AlertRoute>& after) {
    const auto& route = before ? *before : after.value();
    storage::AuditEntry entry{.actor = actor.audit_name(),
                              .action = action,
                              .object = "line " + std::to_string(route.id) + " of " + route.target_name};
    const auto whole = [](const AlertRoute& one) {
        auto out = conditions(one);
        out["target"] = one.target_name;
        return out.dump();
    };
    if (before) entry.before = whole(*before);
    if (after) entry.after = whole(*after);
    storage::write_audit(tx, entry, now);
    storage::look_at_held_again(tx, now);
}

}  // namespace

AlertRoute read_route(const Input& input, const std::vector<storage::Target>& targets,
                      const live::Catalogue& catalogue, const pages::Words& words, Flaws& flaws) {
    const auto target = whole_number(input.text("target"));
    const bool known = std::any_of(targets.begin(), targets.end(),
                                   [&](const storage::Target& one) { return target && one.id == *target; });
    if (!known) Reading{input, words, flaws}.wrong("target", "target");
    auto route = read_conditions(input, catalogue, words, flaws);
    if (known) route.target = static_cast<storage::TargetId>(*target);
    return route;
}

AlertRoute read_conditions(const Input& input, const live::Catalogue& catalogue, const pages::Words& words,
                           Flaws& flaws) {
    const Reading read{input, words, flaws};
    AlertRoute route;
    if (const auto slug = input.text("service"); !slug.empty()) {
        const auto* service = catalogue.find(slug);
        if (service)
            route.service = service->id;
        else
            read.wrong("service", "service");
    }
    route.group = input.text("group");
    const auto& services = catalogue.services;
    if (!route.group.empty() && std::none_of(services.begin(), services.end(),
                                             [&](const auto& one) { return one.group == route.group; }))
        read.wrong("group", "group");
    route.region = input.text("region");
    if (route.region.size() > 64) read.wrong("region", "region");
    route.quiet = read.quiet();
    route.remind = read.span("remind_minutes", 5, 10'080);
    route.escalate = read.span("escalate_minutes", 1, 1'440);
    if (const auto severity = read.number("severity", 2, 10'000))
        route.severity = static_cast<int>(std::clamp(*severity, 2L, 10'000L));
    return route;
}

Input typed_from(const AlertRoute& route) {
    const auto minutes = [](const std::optional<std::chrono::minutes>& span) {
        return span ? std::to_string(span->count()) : std::string{};
    };
    Input::Fields fields{{"target", std::to_string(route.target)},
                         {"service", route.service_slug},
                         {"group", route.group},
                         {"region", route.region},
                         {"remind_minutes", minutes(route.remind)},
                         {"escalate_minutes", minutes(route.escalate)},
                         {"severity", route.severity ? std::to_string(*route.severity) : std::string{}}};
    if (route.quiet) {
        fields["quiet_from"] = time_of_day_text(route.quiet->from);
        fields["quiet_to"] = time_of_day_text(route.quiet->to);
        fields["quiet_zone"] = route.quiet->zone;
    }
    return Input(std::move(fields));
}

std::string tag_of(const AlertRoute& route) {
    return http::entity_tag(conditions(route).dump());
}

std::optional<std::int32_t> add_route(Transaction& tx, const AlertRoute& route, const Actor& actor, Time now) {
    const auto stored = storage::load_alert_route(tx, storage::add_alert_route(tx, route, now));
    if (!stored) return std::nullopt;  // what a removed target hears of is in force no more
    note(tx, actor, "route.create", now, {}, stored);
    return stored->id;
}

RouteEdited edit_route(Transaction& tx, const AlertRoute& route, const Actor& actor, Time now,
                       const std::optional<std::string>& made_from) {
    storage::lock_alert_route(tx, route.id);
    const auto before = storage::load_alert_route(tx, route.id);
    if (!before) return RouteEdited::unknown;
    if (before->target != route.target) return RouteEdited::moved;
    if (made_from && *made_from != tag_of(*before)) return RouteEdited::lost;
    storage::edit_alert_route(tx, route);
    note(tx, actor, "route.edit", now, before, storage::load_alert_route(tx, route.id));
    return RouteEdited::done;
}

bool remove_route(Transaction& tx, std::int32_t id, const Actor& actor, Time now) {
    const auto before = storage::load_alert_route(tx, id);
    if (!before || !storage::remove_alert_route(tx, id, now)) return false;
    note(tx, actor, "route.remove", now, before, {});
    return true;
}

}  // namespace outcry::operators
