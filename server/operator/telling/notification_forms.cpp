// server/operator/telling/notification_forms.cpp: partials with what is in them.
#include "server/operator/telling/notification_forms.hpp"

#include <algorithm>
#include <charconv>

#include "server/operator/telling/notification_view.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using pages::Data;
using pages::Words;

namespace {

constexpr int shown_deliveries = 30;

void set_flaw(Data& view, const std::string& name, const Flaws& flaws, std::string_view field) {
    if (auto sentence = flaw_of(flaws, field); !sentence.empty()) view.set(name, std::move(sentence));
}

/// A form that does not offer what holds would change it unasked.
void keep(std::vector<Choice>& all, const std::string& value, const std::string& label) {
    const auto is = [&](const Choice& one) { return one.value == value; };
    if (!value.empty() && std::none_of(all.begin(), all.end(), is)) all.push_back({value, label});
}

}  // namespace

void set_target_fields(Data& view, const Typed& typed, const Words& words) {
    view.set("target_fields", std::string(web::operator_templates::target_fields));
    for (const auto* field : {"name", "address"}) view.set(field, typed.input.text(field));
    std::vector<Choice> kinds;
    for (const auto* kind : {"webhook", "slack", "pagerduty", "mail"})
        kinds.push_back({kind, words.text(std::string("operator.targets.kinds.") + kind)});
    view.set("kinds", choices(kinds, typed.input.text("kind")));
    view.set("address_hint", words.text("operator.targets.address_hint"));
    for (const auto* field : {"name", "kind", "address", "secret"})
        set_flaw(view, std::string(field) + "_wrong", typed.flaws, field);
}

void set_secret(Data& view, const std::string& target, const std::string& secret, const Words& words) {
    if (secret.empty()) return;
    view.set("secret", secret);
    view.set("secret_text", words.text("operator.targets.secret_text", {{"name", target}}));
}

void set_route_fields(Data& view, const Typed& typed, const live::Catalogue& catalogue, const Words& words,
                      const storage::AlertRoute& kept) {
    view.set("route_fields", std::string(web::operator_templates::route_fields));
    auto services = services_of(catalogue), groups = groups_of(catalogue);
    keep(services, kept.service_slug, words.text("operator.routes.archived", {{"service", kept.service_name}}));
    keep(groups, kept.group, kept.group);
    view.set("service_options", choices(services, typed.input.text("service")));
    view.set("group_options", choices(groups, typed.input.text("group")));
    bool open = false;
    for (const std::string field :
         {"severity", "quiet_from", "quiet_to", "quiet_zone", "remind_minutes", "escalate_minutes"}) {
        view.set("r_" + field, typed.input.text(field));
        open = open || !typed.input.text(field).empty();
    }
    view.set("r_open", open);
    set_flaw(view, "r_service_wrong", typed.flaws, "service");
    set_flaw(view, "r_group_wrong", typed.flaws, "group");
    for (const auto* field : {"quiet_zone", "quiet_to", "quiet_from"})
        set_flaw(view, "r_quiet_wrong", typed.flaws, field);
    set_flaw(view, "r_remind_wrong", typed.flaws, "remind_minutes");
    set_flaw(view, "r_escalate_wrong", typed.flaws, "escalate_minutes");
    set_flaw(view, "r_severity_wrong", typed.flaws, "severity");
}

void set_routes(Data& view, const std::vector<storage::AlertRoute>& routes, const live::Catalogue& catalogue,
                const pages::Renderer& renderer) {
    view.set("routes_table", std::string(web::operator_templates::routes_table));
    view.set("has_routes", !routes.empty());
    view.set("routes", route_rows(routes, catalogue, renderer));
}

storage::DeliveryFilter shown_of(const http::Request& request, std::optional<storage::TargetId> target) {
    storage::DeliveryFilter filter;
    filter.target = target;
    filter.limit = shown_deliveries;
    const std::string text{request.query_value("before").value_or("")};
    storage::DeliveryId id = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem == std::errc{} && end == text.data() + text.size()) filter.before = id;
    return filter;
}

void set_deliveries(Data& view, const std::vector<storage::DeliveryRecord>& deliveries, const std::string& path,
                    const pages::Renderer& renderer, Time now) {
    view.set("deliveries_table", std::string(web::operator_templates::deliveries_table));
    view.set("has_deliveries", !deliveries.empty());
    if (deliveries.size() == shown_deliveries)
        view.set("older", renderer.site().path(path) + "?before=" + std::to_string(deliveries.back().id) +
                              "#sent-heading");
    view.set("deliveries", delivery_rows(deliveries, renderer, now));
}

}  // namespace outcry::operators
