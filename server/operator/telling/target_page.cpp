// server/operator/telling/target_page.cpp: one target: how it is, what it hears of, what it was sent, and how
// it is changed.
#include "server/operator/page.hpp"
#include "server/operator/telling/addresses.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_forms.hpp"
#include "server/operator/telling/notification_pages.hpp"
#include "server/operator/telling/notification_view.hpp"
#include "server/operator/telling/target_changes.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;
using storage::Target;
using storage::Transaction;

namespace {

/// What the page shows beside what is stored: what was typed and is wrong, or a secret that is shown once.
struct Extra {
    Typed typed{};
    std::string secret{};
};

/// A chat's address is a secret: it can be replaced, not read.
std::string address_to_edit(const Target& target) {
    return target.kind == "slack" ? std::string{} : target.address;
}

std::string address_hint(const Target& target, const pages::Words& words) {
    if (target.kind == "slack")
        return words.text("operator.targets.address_keep_secret", {{"address", shown_address(target)}});
    return words.text("operator.targets.address_keep." + target.kind);
}

struct Page {
    Parts parts;
    std::shared_ptr<Workbench> bench;

    Time now() const { return parts.clock.now(); }
    const pages::Words& words() const { return parts.renderer->words(); }
    Response back(const std::string& to) const { return http::redirect(parts.renderer->site().path(to)); }

    awaitable<std::optional<Target>> find(const Request& request) const {
        const auto id = static_cast<storage::TargetId>(id_of(request));
        const auto load = [&](Transaction& tx) { return storage::load_target(tx, id); };
        co_return co_await parts.database.read(load);
    }

    Response unknown(const Request& request, const Actor& actor) const {
        return notice_page(request, *parts.renderer, actor,
                           {.heading = words().text("operator.targets.unknown"),
                            .text = words().text("operator.targets.unknown_text"),
                            .href = parts.renderer->site().path(notifications_home),
                            .label = words().text("operator.targets.title")},
                           404);
    }

    void set_form(Data& view, const Target& target, const Typed& typed) const {
        set_target_fields(view, typed, words());
        if (typed.flaws.empty()) {
            view.set("name", target.name);
            view.set("address", address_to_edit(target));
        }
        view.set("address_hint", address_hint(target, words()));
        view.set("fixed_kind", true);
        view.set("no_secret", target.kind == "slack" || target.kind == "mail");
    }

    awaitable<Response> render(const Request& request, const Actor& actor, const Target& target,
                               const Extra& extra) const {
        std::vector<storage::AlertRoute> routes;
        const auto load = [&](Transaction& tx) {
            routes = storage::load_alert_routes(tx);
            return storage::load_deliveries(tx, shown_of(request, target.id));
        };
        const auto deliveries = co_await parts.database.read(load);
        std::erase_if(routes, [&](const auto& route) { return route.target != target.id; });
        const auto standing = standing_of(target, words(), now());
        Data view{Data::type::object};
        view.set("heading", target.name);
        view.set("href", parts.renderer->site().path(target_path(target.id)));
        view.set("state", words().text("operator.targets.kinds." + target.kind) + ": " + standing.text);
        view.set("bad", standing.bad);
        view.set("where", shown_address(target));
        view.set("on", !target.off_since);
        view.set("webhook", target.kind == "webhook");
        view.set("may", actor.may(Role::operator_));
        view.set("add_line", parts.renderer->site().path(notifications_home) +
                                 "?target=" + std::to_string(target.id) + "#add-route");
        set_secret(view, target.name, extra.secret, words());
        set_routes(view, routes, *parts.pulse.catalogue(), *parts.renderer);
        set_deliveries(view, deliveries, target_path(target.id), *parts.renderer, now());
        set_form(view, target, extra.typed);
        co_return operator_page(request, *parts.renderer, actor,
                                {.title = target.name, .here = "notifications"},
                                web::operator_templates::target, view, extra.typed.flaws.empty() ? 200 : 422);
    }

    awaitable<Response> show(const Request& request, const Actor& actor) const {
        const auto target = co_await find(request);
        if (!target) co_return unknown(request, actor);
        const Extra nothing;
        co_return co_await render(request, actor, *target, nothing);
    }

    awaitable<Response> edit(const Request& request, const Actor& actor) const {
        const auto known = co_await find(request);
        if (!known) co_return unknown(request, actor);
        Extra extra;
        auto& [input, flaws] = extra.typed;
        input = Input::read(request, target_fields, flaws);
        auto target = read_target(input);
        target.id = known->id;
        target.kind = known->kind;
        if (target.address.empty()) target.address = known->address;
        const auto check = [&] { return check_target(target, false, parts.check_address, words()); };
        flaws = co_await bench->run(check);
        const auto store = [&](Transaction& tx) { return edit_target(tx, target, actor, now()); };
        if (flaws.empty()) {
            const auto edited = co_await parts.database.transact(store);
            if (edited == Edited::unknown) co_return unknown(request, actor);
            if (edited == Edited::taken)
                flaws.push_back({"name", words().text("operator.targets.wrong.taken")});
        }
        if (!flaws.empty()) co_return co_await render(request, actor, *known, extra);
        co_return back(target_path(target.id));
    }

    awaitable<Response> rotate(const Request& request, const Actor& actor) const {
        const auto target = co_await find(request);
        if (!target) co_return unknown(request, actor);
        const auto work = [&](Transaction& tx) { return rotate_secret(tx, target->id, actor, now()); };
        Extra extra;
        extra.secret = (co_await parts.database.transact(work)).value_or("");
        co_return co_await render(request, actor, *target, extra);
    }

    /// A button that changes one thing, then shows what has become of it.
    template <class Change>
    awaitable<Response> press(const Request& request, Change change, bool stays) const {
        const auto id = static_cast<storage::TargetId>(id_of(request));
        const auto work = [&](Transaction& tx) { change(tx, id, now()); };
        co_await parts.database.transact(work);
        co_return back(stays ? target_path(id) : notifications_home);
    }
};

}  // namespace

std::vector<GuardedRoute> target_pages(const Parts& parts, std::shared_ptr<Workbench> bench) {
    const auto page = std::make_shared<const Page>(Page{parts, std::move(bench)});
    const Rule see{Role::viewer, people_only}, act{Role::operator_, people_only};
    const auto press = [page](auto what, bool stays) {
        return [page, what, stays](const Request& r, const Actor& actor) {
            const auto change = [what, actor](Transaction& tx, storage::TargetId id, Time now) {
                what(tx, id, actor, now);
            };
            return page->press(r, change, stays);
        };
    };
    const auto turn = [press](bool on) {
        const auto what = [on](Transaction& tx, storage::TargetId id, const Actor& a, Time now) {
            switch_target(tx, id, on, a, now);
        };
        return press(what, true);
    };
    const auto one = notifications_home + "/{id}";
    return {
        {Method::get, one, see, [page](const Request& r, const Actor& a) { return page->show(r, a); }},
        {Method::post, one, act, [page](const Request& r, const Actor& a) { return page->edit(r, a); }},
        {Method::post, one + "/secret", act,
         [page](const Request& r, const Actor& a) { return page->rotate(r, a); }},
        {Method::post, one + "/test", act, press(send_test, true)},
        {Method::post, one + "/on", act, turn(true)},
        {Method::post, one + "/off", act, turn(false)},
        {Method::post, one + "/remove", act, press(remove_target, false)},
    };
}

}  // namespace outcry::operators
