// server/operator/telling/notification_json.cpp: one function for each shape.
#include "server/operator/telling/notification_json.hpp"

#include <fmt/chrono.h>

#include <nlohmann/json.hpp>

#include "server/operator/moment.hpp"
#include "server/operator/telling/target_changes.hpp"

namespace outcry::operators {

using nlohmann::json;

namespace {

std::string rfc3339(Time at) {
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%SZ}",
        fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(at))));
}

json or_null(const std::optional<Time>& at) {
    return at ? json(rfc3339(*at)) : json();
}

json or_null(const std::string& text) {
    return text.empty() ? json() : json(text);
}

json slug_of(const live::Catalogue& catalogue, const std::optional<storage::ServiceId>& id) {
    const auto* service = id ? catalogue.find(*id) : nullptr;
    return service ? json(service->slug) : json();
}

}  // namespace

std::string readable(const std::string& bytes) {
    auto text = json(bytes).dump(-1, ' ', false, json::error_handler_t::replace);
    return json::parse(text).get<std::string>();
}

json to_json(const storage::Target& target, Time now) {
    const bool rotating = target.old_secret_until && *target.old_secret_until > now;
    return {
        {"id", target.id},
        {"name", target.name},
        {"kind", target.kind},
        {"address", shown_address(target)},
        {"has_secret", !target.secret.empty()},
        {"old_secret_until", rotating ? or_null(target.old_secret_until) : json()},
        {"failures", target.failures},
        {"failing_since", or_null(target.failing_since)},
        {"asked_until", target.asked_until && *target.asked_until > now ? or_null(target.asked_until) : json()},
        {"off_since", or_null(target.off_since)},
        {"off_why", or_null(target.off_why)},
        {"made", rfc3339(target.made)}};
}

json to_json(const storage::AlertRoute& route, const live::Catalogue& catalogue) {
    json out{{"id", route.id},
             {"target", route.target},
             {"service", slug_of(catalogue, route.service)},
             {"group", or_null(route.group)},
             {"region", or_null(route.region)},
             {"quiet_from", nullptr},
             {"quiet_to", nullptr},
             {"quiet_zone", nullptr}};
    if (route.quiet) {
        out["quiet_from"] = time_of_day_text(route.quiet->from);
        out["quiet_to"] = time_of_day_text(route.quiet->to);
        out["quiet_zone"] = route.quiet->zone;
    }
    out["remind_minutes"] = route.remind ? json(route.remind->count()) : json();
    out["escalate_minutes"] = route.escalate ? json(route.escalate->count()) : json();
    out["severity"] = route.severity ? json(*route.severity) : json();
    return out;
}

json to_json(const storage::DeliveryRecord& delivery) {
    const auto asked = asked_until(delivery);
    return {{"id", delivery.id},
            {"target", delivery.target},
            {"target_name", delivery.target_name},
            {"message", delivery.news.id},
            {"type", delivery.news.kind},
            {"service", or_null(delivery.service_slug)},
            {"incident", delivery.news.incident ? json(*delivery.news.incident) : json()},
            {"at", rfc3339(delivery.news.at)},
            {"state", delivery.state},
            {"why", or_null(delivery.why)},
            {"held_by", or_null(delivery.held_by)},
            {"due", delivery.state == "waiting" ? json(rfc3339(asked.value_or(delivery.due))) : json()},
            {"asked_until", or_null(asked)},
            {"attempts", delivery.attempts},
            {"last_status", delivery.last_status ? json(delivery.last_status) : json()},
            {"last_trouble", or_null(delivery.last_trouble)},
            {"made", rfc3339(delivery.made)},
            {"settled", or_null(delivery.settled)}};
}

json to_json(const storage::DeliveryRecord& delivery, const std::vector<storage::Attempt>& attempts) {
    auto out = to_json(delivery);
    out["body"] = delivery.body;
    out["tries"] = json::array();
    for (const auto& attempt : attempts)
        out["tries"].push_back({{"number", attempt.number},
                                {"at", rfc3339(attempt.at)},
                                {"took_ms", attempt.took.count()},
                                {"request", attempt.request},
                                {"status", attempt.status ? json(attempt.status) : json()},
                                {"answer", readable(attempt.answer)},
                                {"answer_cut", attempt.cut},
                                {"trouble", or_null(attempt.trouble)},
                                {"detail", or_null(readable(attempt.detail))}});
    return out;
}

json to_json(const storage::Maintenance& window, const live::Catalogue& catalogue) {
    return {{"id", window.id},
            {"service", slug_of(catalogue, window.service)},
            {"starts", rfc3339(window.starts)},
            {"ends", rfc3339(window.ends)},
            {"title", window.title},
            {"by", window.by_whom}};
}

json to_json(const storage::Silence& silence, const live::Catalogue& catalogue) {
    return {{"id", silence.id},
            {"service", slug_of(catalogue, silence.service)},
            {"group", or_null(silence.group)},
            {"starts", rfc3339(silence.starts)},
            {"ends", rfc3339(silence.ends)},
            {"reason", silence.reason},
            {"by", silence.by_whom}};
}

}  // namespace outcry::operators
