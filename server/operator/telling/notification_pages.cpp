// server/operator/telling/notification_pages.cpp: targets and what they hear of, as forms.
#include "server/operator/telling/notification_pages.hpp"

#include <charconv>

#include "server/operator/page.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_view.hpp"
#include "server/operator/telling/route_changes.hpp"
#include "server/operator/telling/target_changes.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;
using storage::Transaction;

namespace {

constexpr const char* home = "/admin/notifications";
constexpr std::size_t shown_deliveries = 30;

/// What a page shows beside what is stored: what was typed and is wrong, or a secret that is shown once.
struct Extra {
    Input target_input, route_input;
    Flaws target_flaws, route_flaws;
    std::string secret, secret_of;
    bool any_flaw() const { return !target_flaws.empty() || !route_flaws.empty(); }
};

struct Loaded {
    std::vector<storage::Target> targets;
    std::vector<storage::AlertRoute> routes;
    std::vector<storage::DeliveryRecord> deliveries;
};

/// The message that ?before= names; those before it are shown. Anything else is no such message.
std::optional<storage::DeliveryId> before_of(const Request& request) {
    const std::string text{request.query_value("before").value_or("")};
    storage::DeliveryId id = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return id;
}

void set_flaw(Data& view, const std::string& name, const Flaws& flaws, std::string_view field) {
    if (auto sentence = flaw_of(flaws, field); !sentence.empty()) view.set(name, std::move(sentence));
}

struct Pages {
    Parts parts;
    std::shared_ptr<Workbench> bench;

    Time now() const { return parts.clock.now(); }
    const pages::Words& words() const { return parts.renderer->words(); }
    Response back(const std::string& to = home) const {
        return http::redirect(parts.renderer->site().path(to));
    }

    void set_secret(Data& view, const Extra& extra) const {
        if (extra.secret.empty()) return;
        view.set("secret", extra.secret);
        view.set("secret_text", words().text("operator.targets.secret_text", {{"name", extra.secret_of}}));
    }

    void set_target_fields(Data& view, const Input& typed, const Flaws& flaws) const {
        view.set("target_fields", std::string(web::operator_templates::target_fields));
        for (const auto* field : {"name", "address"}) view.set(field, typed.text(field));
        std::vector<Choice> kinds;
        for (const auto* kind : {"webhook", "slack", "pagerduty", "mail"})
            kinds.push_back({kind, words().text(std::string("operator.targets.kinds.") + kind)});
        view.set("kinds", choices(kinds, typed.text("kind")));
        for (const auto* field : {"name", "kind", "address", "secret"})
            set_flaw(view, std::string(field) + "_wrong", flaws, field);
    }

    void set_route_fields(Data& view, const Loaded& loaded, const Extra& extra) const {
        const auto catalogue = parts.pulse.catalogue();
        const auto& typed = extra.route_input;
        std::vector<Choice> targets;
        for (const auto& target : loaded.targets) targets.push_back({std::to_string(target.id), target.name});
        view.set("target_options", choices(targets, typed.text("target")));
        view.set("service_options", choices(services_of(*catalogue), typed.text("service")));
        view.set("group_options", choices(groups_of(*catalogue), typed.text("group")));
        bool open = false;
        for (const std::string field :
             {"severity", "quiet_from", "quiet_to", "quiet_zone", "remind_minutes", "escalate_minutes"}) {
            view.set("r_" + field, typed.text(field));
            open = open || !typed.text(field).empty();
        }
        view.set("r_open", open);
        const auto& flaws = extra.route_flaws;
        set_flaw(view, "r_target_wrong", flaws, "target");
        set_flaw(view, "r_service_wrong", flaws, "service");
        set_flaw(view, "r_group_wrong", flaws, "group");
        for (const auto* field : {"quiet_zone", "quiet_to", "quiet_from"})
            set_flaw(view, "r_quiet_wrong", flaws, field);
        set_flaw(view, "r_remind_wrong", flaws, "remind_minutes");
        set_flaw(view, "r_escalate_wrong", flaws, "escalate_minutes");
        set_flaw(view, "r_severity_wrong", flaws, "severity");
    }

    awaitable<Response> show(const Request& request, const Actor& actor, Extra extra) const {
        Loaded loaded;
        const auto load = [&](Transaction& tx) {
            storage::DeliveryFilter filter;
            filter.limit = static_cast<int>(shown_deliveries);
            filter.before = before_of(request);
            loaded = {storage::load_targets(tx), storage::load_alert_routes(tx),
                      storage::load_deliveries(tx, filter)};
        };
        co_await parts.database.read(load);
        Data view{Data::type::object};
        view.set("may", actor.may(Role::operator_));
        set_secret(view, extra);
        auto targets = target_rows(loaded.targets, *parts.renderer, now());
        auto routes = route_rows(loaded.routes, loaded.targets, *parts.pulse.catalogue(), words());
        auto deliveries = delivery_rows(loaded.deliveries, *parts.renderer, now());
        view.set("has_targets", !targets.empty());
        view.set("targets", std::move(targets));
        view.set("has_routes", !routes.empty());
        view.set("routes", std::move(routes));
        view.set("has_deliveries", !deliveries.empty());
        if (deliveries.size() == shown_deliveries)
            view.set("older", parts.renderer->site().path(home) +
                                  "?before=" + std::to_string(loaded.deliveries.back().id) + "#sent-heading");
        view.set("deliveries", std::move(deliveries));
        set_target_fields(view, extra.target_input, extra.target_flaws);
        set_route_fields(view, loaded, extra);
        co_return operator_page(request, *parts.renderer, actor,
                                {.title = words().text("operator.targets.title"), .here = "notifications"},
                                web::operator_templates::notifications, view, extra.any_flaw() ? 422 : 200);
    }

    awaitable<Response> add(const Request& request, const Actor& actor) const {
        Extra extra;
        extra.target_input = Input::read(request, target_fields, extra.target_flaws);
        auto target = read_target(extra.target_input);
        const auto check = [&] { return check_target(target, true, parts.check_address, words()); };
        extra.target_flaws = co_await bench->run(check);
        const auto store = [&](Transaction& tx) { return add_target(tx, target, actor, now()).has_value(); };
        if (extra.target_flaws.empty()) {
            const bool stored = co_await parts.database.transact(store);
            if (!stored) extra.target_flaws.push_back({"name", words().text("operator.targets.wrong.taken")});
        }
        if (extra.target_flaws.empty()) {
            extra.target_input = {};
            if (target.kind != "webhook") co_return back();
            extra.secret = target.secret;
            extra.secret_of = target.name;
        }
        co_return co_await show(request, actor, extra);
    }

    awaitable<std::optional<storage::Target>> find(const Request& request) const {
        const auto id = static_cast<storage::TargetId>(id_of(request));
        const auto load = [&](Transaction& tx) { return storage::load_target(tx, id); };
        co_return co_await parts.database.read(load);
    }

    Response unknown(const Request& request, const Actor& actor) const {
        return notice_page(request, *parts.renderer, actor,
                           {.heading = words().text("operator.targets.unknown"),
                            .text = words().text("operator.targets.unknown_text"),
                            .href = parts.renderer->site().path(home),
                            .label = words().text("operator.targets.title")},
                           404);
    }

    Response render(const Request& request, const Actor& actor, const storage::Target& target,
                    const Extra& extra) const {
        const auto standing = standing_of(target, words(), now());
        Data view{Data::type::object};
        view.set("heading", target.name);
        view.set("href", parts.renderer->site().path(home + ('/' + std::to_string(target.id))));
        view.set("state", words().text("operator.targets.kinds." + target.kind) + ": " + standing.text);
        view.set("bad", standing.bad);
        view.set("on", !target.off_since);
        view.set("webhook", target.kind == "webhook");
        view.set("may", actor.may(Role::operator_));
        set_secret(view, extra);
        set_target_fields(view, extra.target_input, extra.target_flaws);
        if (extra.target_flaws.empty()) {
            view.set("name", target.name);
            // A chat's address is a secret: it can be replaced, not read.
            view.set("address", target.kind == "slack" ? std::string{} : target.address);
        }
        view.set("fixed_kind", true);
        view.set("no_secret", target.kind == "slack" || target.kind == "mail");
        return operator_page(request, *parts.renderer, actor, {.title = target.name, .here = "notifications"},
                             web::operator_templates::target, view, extra.any_flaw() ? 422 : 200);
    }

    awaitable<Response> show_target(const Request& request, const Actor& actor) const {
        const auto target = co_await find(request);
        co_return target ? render(request, actor, *target, {}) : unknown(request, actor);
    }

    awaitable<Response> edit(const Request& request, const Actor& actor) const {
        const auto known = co_await find(request);
        if (!known) co_return unknown(request, actor);
        Extra extra;
        extra.target_input = Input::read(request, target_fields, extra.target_flaws);
        auto target = read_target(extra.target_input);
        target.id = known->id;
        target.kind = known->kind;
        if (target.address.empty()) target.address = known->address;
        const auto check = [&] { return check_target(target, false, parts.check_address, words()); };
        extra.target_flaws = co_await bench->run(check);
        const auto store = [&](Transaction& tx) { return edit_target(tx, target, actor, now()); };
        if (extra.target_flaws.empty()) {
            const auto edited = co_await parts.database.transact(store);
            if (edited == Edited::unknown) co_return unknown(request, actor);
            if (edited == Edited::taken)
                extra.target_flaws.push_back({"name", words().text("operator.targets.wrong.taken")});
        }
        if (!extra.target_flaws.empty()) co_return render(request, actor, *known, extra);
        co_return back(home + ('/' + std::to_string(target.id)));
    }

    awaitable<Response> rotate(const Request& request, const Actor& actor) const {
        const auto target = co_await find(request);
        if (!target) co_return unknown(request, actor);
        const auto work = [&](Transaction& tx) { return rotate_secret(tx, target->id, actor, now()); };
        Extra extra;
        extra.secret = (co_await parts.database.transact(work)).value_or("");
        extra.secret_of = target->name;
        co_return render(request, actor, *target, extra);
    }

    awaitable<Response> add_route(const Request& request, const Actor& actor) const {
        Extra extra;
        extra.route_input = Input::read(request, route_fields, extra.route_flaws);
        const auto targets = co_await parts.database.read(storage::load_targets);
        const auto route =
            read_route(extra.route_input, targets, *parts.pulse.catalogue(), words(), extra.route_flaws);
        if (!extra.route_flaws.empty()) co_return co_await show(request, actor, extra);
        const auto work = [&](Transaction& tx) { operators::add_route(tx, route, actor, now()); };
        co_await parts.database.transact(work);
        co_return back();
    }

    /// A button that changes one thing, then shows where it was pressed.
    template <class Change>
    awaitable<Response> press(const Request& request, Change change, bool to_target) const {
        const auto id = static_cast<std::int32_t>(id_of(request));
        const auto work = [&](Transaction& tx) { change(tx, id, now()); };
        co_await parts.database.transact(work);
        co_return back(to_target ? home + ('/' + std::to_string(id)) : std::string(home));
    }
};

}  // namespace

std::vector<GuardedRoute> notification_pages(const Parts& parts, std::shared_ptr<Workbench> bench) {
    const auto pages = std::make_shared<const Pages>(Pages{parts, std::move(bench)});
    const Rule see{Role::viewer, people_only}, act{Role::operator_, people_only};
    const auto press = [pages](auto what, bool to_target) {
        return [pages, what, to_target](const Request& r, const Actor& actor) {
            const auto change = [what, actor](Transaction& tx, std::int32_t id, Time now) {
                what(tx, id, actor, now);
            };
            return pages->press(r, change, to_target);
        };
    };
    const auto turn = [press](bool on) {
        const auto what = [on](Transaction& tx, std::int32_t id, const Actor& a, Time now) {
            switch_target(tx, id, on, a, now);
        };
        return press(what, true);
    };
    const std::string root = home;
    return {
        {Method::get, root, see, [pages](const Request& r, const Actor& a) { return pages->show(r, a, {}); }},
        {Method::post, root, act, [pages](const Request& r, const Actor& a) { return pages->add(r, a); }},
        {Method::get, root + "/{id}", see,
         [pages](const Request& r, const Actor& a) { return pages->show_target(r, a); }},
        {Method::post, root + "/{id}", act,
         [pages](const Request& r, const Actor& a) { return pages->edit(r, a); }},
        {Method::post, root + "/{id}/secret", act,
         [pages](const Request& r, const Actor& a) { return pages->rotate(r, a); }},
        {Method::post, root + "/{id}/test", act, press(send_test, false)},
        {Method::post, root + "/{id}/on", act, turn(true)},
        {Method::post, root + "/{id}/off", act, turn(false)},
        {Method::post, root + "/{id}/remove", act, press(remove_target, false)},
        {Method::post, root + "/routes", act,
         [pages](const Request& r, const Actor& a) { return pages->add_route(r, a); }},
        {Method::post, root + "/routes/{id}/remove", act, press(remove_route, false)},
    };
}

}  // namespace outcry::operators
