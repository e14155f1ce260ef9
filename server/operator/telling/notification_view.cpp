// server/operator/telling/notification_view.cpp: rows to words.
#include "server/operator/telling/notification_view.hpp"

#include <algorithm>
#include <set>

#include "server/operator/moment.hpp"
#include "server/operator/telling/addresses.hpp"
#include "server/operator/telling/target_changes.hpp"

namespace outcry::operators {

using pages::Data;
using pages::Words;

namespace {

constexpr int most_tries = 10;

std::string with_underscores(std::string key) {
    for (char& c : key)
        if (c == '.' || c == ' ') c = '_';
    return key;
}

std::string scope_of(const storage::AlertRoute& route, const live::Catalogue& catalogue, const Words& words) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (route.service)
        add(catalogue.find(*route.service)
                ? route.service_name
                : words.text("operator.routes.archived", {{"service", route.service_name}}));
    if (!route.group.empty()) add(route.group);
    if (!route.region.empty()) add(route.region);
    if (route.severity)
        add(words.text("operator.routes.from_severity",
                       {{"times", words.number(static_cast<unsigned>(*route.severity))}}));
    return text.empty() ? words.text("operator.routes.everything") : text;
}

}  // namespace

Standing standing_of(const storage::Target& target, const Words& words, Time now) {
    if (target.off_since)
        return {words.text("operator.targets.off." + target.off_why), target.off_why != "operator"};
    if (target.asked_until && *target.asked_until > now)
        return {words.text("operator.targets.asked", {{"at", words.moment(*target.asked_until, now)}}), true};
    if (target.failures == 0 || !target.failing_since) return {words.text("operator.targets.fine"), false};
    return {
        words.text("operator.targets.failing", {{"at", words.moment(*target.failing_since, now)},
                                                {"n", words.number(static_cast<unsigned>(target.failures))}}),
        true};
}

Standing standing_of(const storage::DeliveryRecord& delivery, const Words& words, Time now) {
    const auto due = words.moment(delivery.due, now);
    if (delivery.state == "waiting" && !delivery.held_by.empty())
        return {words.text("operator.deliveries.held." + with_underscores(delivery.held_by), {{"at", due}}),
                false};
    const auto next = std::to_string(std::min(delivery.attempts + 1, most_tries));
    if (const auto asked = asked_until(delivery); asked && *asked > now)
        return {words.text("operator.deliveries.asked", {{"n", next}, {"at", words.moment(*asked, now)}}),
                true};
    if (delivery.state == "waiting" && delivery.attempts > 0)
        return {words.text("operator.deliveries.again_at", {{"n", next}, {"at", due}}), true};
    if (!delivery.why.empty())
        return {words.text("operator.deliveries.why." + delivery.why), delivery.state == "failed"};
    return {words.text("operator.deliveries.state." + delivery.state), delivery.state == "failed"};
}

std::string answer_of(unsigned status, const std::string& trouble, const Words& words) {
    if (!trouble.empty()) return words.text("operator.deliveries.trouble." + trouble);
    return status > 0 ? std::to_string(status) : std::string{};
}

std::string kind_of(const storage::News& news, const Words& words) {
    return words.text("operator.deliveries.kind." + with_underscores(news.kind));
}

void set_about(Data& view, const storage::DeliveryRecord& delivery, const pages::Site& site) {
    if (!delivery.service_name.empty()) view.set("about", delivery.service_name);
    if (delivery.news.incident) view.set("incident", site.path("/admin/incidents/" + *delivery.news.incident));
}

Rows target_rows(const std::vector<storage::Target>& targets, const pages::Renderer& renderer, Time now) {
    const auto& words = renderer.words();
    Rows rows;
    for (const auto& target : targets) {
        const auto standing = standing_of(target, words, now);
        Data row{Data::type::object};
        row.set("href", renderer.site().path(target_path(target.id)));
        row.set("name", target.name);
        row.set("kind", words.text("operator.targets.kinds." + target.kind));
        row.set("address", shown_address(target));
        row.set("state", standing.text);
        row.set("bad", standing.bad);
        row.set("on", !target.off_since);
        rows.push_back(std::move(row));
    }
    return rows;
}

void set_route(Data& view, const storage::AlertRoute& route, const live::Catalogue& catalogue,
               const pages::Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& site = renderer.site();
    const auto span = [&](const char* key, const std::optional<std::chrono::minutes>& value) {
        if (!value) return words.text("operator.routes.never");
        return words.text(std::string("operator.routes.") + key, {{"span", words.duration(*value)}});
    };
    view.set("href", site.path(line_path(route.id)));
    view.set("target", route.target_name);
    view.set("target_href", site.path(target_path(route.target)));
    view.set("hears", scope_of(route, catalogue, words));
    view.set("quiet", route.quiet ? words.text("operator.routes.quiet_span",
                                               {{"from", time_of_day_text(route.quiet->from)},
                                                {"to", time_of_day_text(route.quiet->to)},
                                                {"where", route.quiet->zone}})
                                  : words.text("operator.routes.never"));
    view.set("remind", span("every", route.remind));
    view.set("escalate", span("after", route.escalate));
}

Rows route_rows(const std::vector<storage::AlertRoute>& routes, const live::Catalogue& catalogue,
                const pages::Renderer& renderer) {
    Rows rows;
    for (const auto& route : routes) {
        Data row{Data::type::object};
        set_route(row, route, catalogue, renderer);
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows delivery_rows(const std::vector<storage::DeliveryRecord>& deliveries, const pages::Renderer& renderer,
                   Time now) {
    const auto& words = renderer.words();
    Rows rows;
    for (const auto& delivery : deliveries) {
        const auto standing = standing_of(delivery, words, now);
        Data row{Data::type::object};
        row.set("href", renderer.site().path(delivery_path(delivery.id)));
        row.set("what", kind_of(delivery.news, words));
        set_about(row, delivery, renderer.site());
        row.set("target", delivery.target_name);
        row.set("made", words.when(delivery.made, now).html);
        row.set("state", standing.text);
        row.set("bad", standing.bad);
        row.set("answer", answer_of(delivery.last_status, delivery.last_trouble, words));
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows choices(const std::vector<Choice>& all, const std::string& chosen) {
    Rows rows;
    for (const auto& [value, label] : all) {
        Data row{Data::type::object};
        row.set("value", value);
        row.set("label", label);
        row.set("chosen", value == chosen);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Choice> services_of(const live::Catalogue& catalogue) {
    std::vector<Choice> all;
    for (const auto& service : catalogue.services) all.push_back({service.slug, service.name});
    return all;
}

std::vector<Choice> groups_of(const live::Catalogue& catalogue) {
    std::set<std::string> names;
    for (const auto& service : catalogue.services)
        if (!service.group.empty()) names.insert(service.group);
    std::vector<Choice> all;
    for (const auto& name : names) all.push_back({name, name});
    return all;
}

}  // namespace outcry::operators
