// server/operator/telling/route_page.cpp: one line of what a target hears of: how it stands, and how it is
// changed.
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/operator/telling/addresses.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_forms.hpp"
#include "server/operator/telling/notification_pages.hpp"
#include "server/operator/telling/notification_view.hpp"
#include "server/operator/telling/route_changes.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;
using storage::AlertRoute;
using storage::Transaction;

namespace {

awaitable<std::optional<AlertRoute>> find(const Parts& parts, const Request& request) {
    const auto id = static_cast<std::int32_t>(id_of(request));
    const auto load = [&](Transaction& tx) { return storage::load_alert_route(tx, id); };
    co_return co_await parts.database.read(load);
}

Response unknown(const Parts& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    return notice_page(request, *parts.renderer, actor,
                       {.heading = words.text("operator.routes.unknown"),
                        .text = words.text("operator.routes.unknown_text"),
                        .href = parts.renderer->site().path(notifications_home),
                        .label = words.text("operator.targets.title")},
                       404);
}

/// What the form says: `etag` is of what it was made from. `lost`: somebody else was faster; what holds now
/// stands beside what was typed.
struct Form {
    Typed typed{};
    std::string etag{};
    bool lost = false;
};

Response render(const Parts& parts, const Request& request, const Actor& actor, const AlertRoute& route,
                const Form& form) {
    const auto& words = parts.renderer->words();
    const auto catalogue = parts.pulse.catalogue();
    Data view{Data::type::object};
    const auto heading = words.text("operator.routes.heading", {{"target", route.target_name}});
    view.set("heading", heading);
    set_route(view, route, *catalogue, *parts.renderer);
    set_route_fields(view, form.typed, *catalogue, words, route);
    view.set("etag", form.etag);
    if (form.lost) view.set("notice", words.text("operator.routes.lost"));
    if (!route.region.empty())
        view.set("region", words.text("operator.routes.region", {{"region", route.region}}));
    view.set("may", actor.may(Role::operator_));
    const unsigned status = form.lost ? 409 : form.typed.flaws.empty() ? 200 : 422;
    return operator_page(request, *parts.renderer, actor, {.title = heading, .here = "notifications"},
                         web::operator_templates::route, view, status);
}

awaitable<Response> show(const Parts& parts, const Request& request, const Actor& actor) {
    const auto route = co_await find(parts, request);
    if (!route) co_return unknown(parts, request, actor);
    Form form;
    form.typed.input = typed_from(*route);
    form.etag = tag_of(*route);
    co_return render(parts, request, actor, *route, form);
}

awaitable<Response> edit(const Parts& parts, const Request& request, const Actor& actor) {
    const auto known = co_await find(parts, request);
    if (!known) co_return unknown(parts, request, actor);
    Form form;
    form.etag = trimmed(read_form(request), "etag");
    auto& [input, flaws] = form.typed;
    input = Input::read(request, route_fields, flaws);
    auto route = read_conditions(input, *parts.pulse.catalogue(), parts.renderer->words(), flaws);
    route.id = known->id;
    route.target = known->target;
    route.region = known->region;  // has no field: programs set it
    if (!flaws.empty()) co_return render(parts, request, actor, *known, form);
    const auto work = [&](Transaction& tx) {
        return edit_route(tx, route, actor, parts.clock.now(), form.etag);
    };
    const auto edited = co_await parts.database.transact(work);
    if (edited == RouteEdited::done)
        co_return http::redirect(parts.renderer->site().path(target_path(route.target)));
    const auto now = co_await find(parts, request);
    if (!now) co_return unknown(parts, request, actor);
    form.etag = tag_of(*now);
    form.lost = true;
    co_return render(parts, request, actor, *now, form);
}

awaitable<Response> remove(const Parts& parts, const Request& request, const Actor& actor) {
    const auto id = static_cast<std::int32_t>(id_of(request));
    const auto work = [&](Transaction& tx) { remove_route(tx, id, actor, parts.clock.now()); };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(notifications_home));
}

}  // namespace

std::vector<GuardedRoute> route_pages(const Parts& parts) {
    const Rule see{Role::viewer, people_only}, act{Role::operator_, people_only};
    const auto one = notifications_home + "/routes/{id}";
    return {{Method::get, one, see, [parts](const Request& r, const Actor& a) { return show(parts, r, a); }},
            {Method::post, one, act, [parts](const Request& r, const Actor& a) { return edit(parts, r, a); }},
            {Method::post, one + "/remove", act,
             [parts](const Request& r, const Actor& a) { return remove(parts, r, a); }}};
}

}  // namespace outcry::operators
