// server/operator/telling/notification_pages.cpp: targets, what they hear of and what was sent, with forms to
// add to them.
#include "server/operator/telling/notification_pages.hpp"

#include "server/operator/page.hpp"
#include "server/operator/telling/addresses.hpp"
#include "server/operator/telling/notification_forms.hpp"
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

/// What the page shows beside what is stored: what was typed and is wrong, or a secret that is shown once.
struct Extra {
    Typed target, route;
    std::string secret, secret_of;
    bool any_flaw() const { return !target.flaws.empty() || !route.flaws.empty(); }
};

struct Loaded {
    std::vector<storage::Target> targets;
    std::vector<storage::AlertRoute> routes;
    std::vector<storage::DeliveryRecord> deliveries;
};

struct Pages {
    Parts parts;
    std::shared_ptr<Workbench> bench;

    Time now() const { return parts.clock.now(); }
    const pages::Words& words() const { return parts.renderer->words(); }
    Response back() const { return http::redirect(parts.renderer->site().path(notifications_home)); }

    /// ?target= has been chosen before anything was typed.
    void set_adding(Data& view, const Request& request, const Loaded& loaded, const Extra& extra) const {
        std::vector<Choice> targets;
        for (const auto& target : loaded.targets) targets.push_back({std::to_string(target.id), target.name});
        const auto chosen = extra.route.input.has("target")
                                ? extra.route.input.text("target")
                                : std::string(request.query_value("target").value_or(""));
        view.set("target_options", choices(targets, chosen));
        if (auto wrong = flaw_of(extra.route.flaws, "target"); !wrong.empty())
            view.set("r_target_wrong", std::move(wrong));
        set_target_fields(view, extra.target, words());
        set_route_fields(view, extra.route, *parts.pulse.catalogue(), words());
    }

    awaitable<Response> show(const Request& request, const Actor& actor, Extra extra) const {
        Loaded loaded;
        const auto load = [&](Transaction& tx) {
            loaded = {storage::load_targets(tx), storage::load_alert_routes(tx),
                      storage::load_deliveries(tx, shown_of(request))};
        };
        co_await parts.database.read(load);
        Data view{Data::type::object};
        view.set("may", actor.may(Role::operator_));
        view.set("of_all", true);
        set_secret(view, extra.secret_of, extra.secret, words());
        view.set("has_targets", !loaded.targets.empty());
        view.set("targets", target_rows(loaded.targets, *parts.renderer, now()));
        set_routes(view, loaded.routes, *parts.pulse.catalogue(), *parts.renderer);
        set_deliveries(view, loaded.deliveries, notifications_home, *parts.renderer, now());
        set_adding(view, request, loaded, extra);
        co_return operator_page(request, *parts.renderer, actor,
                                {.title = words().text("operator.targets.title"), .here = "notifications"},
                                web::operator_templates::notifications, view, extra.any_flaw() ? 422 : 200);
    }

    awaitable<Response> add(const Request& request, const Actor& actor) const {
        Extra extra;
        auto& [input, flaws] = extra.target;
        input = Input::read(request, target_fields, flaws);
        auto target = read_target(input);
        const auto check = [&] { return check_target(target, true, parts.check_address, words()); };
        flaws = co_await bench->run(check);
        const auto store = [&](Transaction& tx) { return add_target(tx, target, actor, now()).has_value(); };
        if (flaws.empty()) {
            const bool stored = co_await parts.database.transact(store);
            if (!stored) flaws.push_back({"name", words().text("operator.targets.wrong.taken")});
        }
        if (flaws.empty()) {
            input = {};
            if (target.kind != "webhook") co_return back();
            extra.secret = target.secret;
            extra.secret_of = target.name;
        }
        co_return co_await show(request, actor, extra);
    }

    awaitable<Response> add_line(const Request& request, const Actor& actor) const {
        Extra extra;
        auto& [input, flaws] = extra.route;
        input = Input::read(request, route_fields, flaws);
        const auto targets = co_await parts.database.read(storage::load_targets);
        const auto route = read_route(input, targets, *parts.pulse.catalogue(), words(), flaws);
        const auto store = [&](Transaction& tx) { return add_route(tx, route, actor, now()).has_value(); };
        if (flaws.empty()) {
            const bool stored = co_await parts.database.transact(store);
            if (!stored) flaws.push_back({"target", words().text("operator.routes.wrong.target")});
        }
        if (!flaws.empty()) co_return co_await show(request, actor, extra);
        co_return back();
    }
};

}  // namespace

std::vector<GuardedRoute> notification_pages(const Parts& parts, std::shared_ptr<Workbench> bench) {
    const auto pages = std::make_shared<const Pages>(Pages{parts, std::move(bench)});
    const Rule see{Role::viewer, people_only}, act{Role::operator_, people_only};
    return {
        {Method::get, notifications_home, see,
         [pages](const Request& r, const Actor& a) { return pages->show(r, a, {}); }},
        {Method::post, notifications_home, act,
         [pages](const Request& r, const Actor& a) { return pages->add(r, a); }},
        {Method::post, notifications_home + "/routes", act,
         [pages](const Request& r, const Actor& a) { return pages->add_line(r, a); }},
    };
}

}  // namespace outcry::operators
