// server/operator/telling/notification_api.cpp: targets, routes and deliveries for programs.
#include "server/operator/telling/notification_api.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "server/http/problem.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/body.hpp"
#include "server/operator/telling/notification_json.hpp"
#include "server/operator/telling/route_changes.hpp"
#include "server/operator/telling/target_changes.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using nlohmann::json;
using storage::Transaction;

namespace {

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response unknown() {
    return http::problem(404, "not-found", "There is no such thing here",
                         "It may have been removed; list what there is.");
}

Response target_is_off(const storage::Target& target) {
    return http::problem(409, "conflict", "This target is off",
                         target.name +
                             " is sent nothing while it is off. Switch it on first: POST "
                             "/api/v1/admin/targets/" +
                             std::to_string(target.id) + "/on.");
}

struct Api {
    Parts parts;
    std::shared_ptr<Workbench> bench;

    Time now() const { return parts.clock.now(); }
    const pages::Words& words() const { return parts.renderer->words(); }

    awaitable<Response> list_targets() const {
        const auto targets = co_await parts.database.read(storage::load_targets);
        auto data = json::array();
        for (const auto& target : targets) data.push_back(to_json(target, now()));
        co_return answer({{"data", data}});
    }

    awaitable<Response> put_target(const Request& request, const Actor& actor, storage::TargetId id) const {
        Flaws flaws;
        auto target = read_target(Input::read(request, target_fields, flaws));
        target.id = id;
        if (id != 0) {
            const auto load = [&](Transaction& tx) { return storage::load_target(tx, id); };
            const auto known = co_await parts.database.read(load);
            if (!known) co_return unknown();
            if (target.kind.empty()) target.kind = known->kind;
            if (target.kind != known->kind)
                flaws.push_back({"kind", words().text("operator.targets.wrong.other_kind")});
            if (target.address.empty()) target.address = known->address;
            if (target.name.empty()) target.name = known->name;
        }
        const auto check = [&] { return check_target(target, id == 0, parts.check_address, words()); };
        if (flaws.empty()) flaws = co_await bench->run(check);
        if (!flaws.empty()) co_return refuse_input(flaws);
        co_return co_await store(target, actor);
    }

    awaitable<Response> store(const storage::Target& target, const Actor& actor) const {
        const auto at = now();
        std::optional<storage::Target> stored;
        const auto work = [&](Transaction& tx) {
            const auto id = target.id != 0 ? std::optional{target.id} : add_target(tx, target, actor, at);
            const auto edited = target.id != 0 ? edit_target(tx, target, actor, at) : Edited::done;
            if (id && edited == Edited::done) stored = storage::load_target(tx, *id);
            return edited;
        };
        const auto edited = co_await parts.database.transact(work);
        if (edited == Edited::unknown) co_return unknown();
        if (!stored) co_return refuse_input({{"name", words().text("operator.targets.wrong.taken")}});
        auto body = to_json(*stored, at);
        // The one time that a secret of our own making is shown.
        if (target.id == 0 && target.kind == "webhook") body["secret"] = target.secret;
        co_return answer(body, target.id == 0 ? 201 : 200);
    }

    awaitable<Response> rotate(const Request& request, const Actor& actor) const {
        const auto id = static_cast<storage::TargetId>(id_of(request));
        const auto work = [&](Transaction& tx) { return rotate_secret(tx, id, actor, now()); };
        const auto fresh = co_await parts.database.transact(work);
        if (!fresh) co_return unknown();
        co_return answer({{"secret", *fresh}});
    }

    /// A change that either is done or has nothing to be done to.
    template <class Change>
    awaitable<Response> change(const Request& request, Change what) const {
        const auto id = id_of(request);
        const auto work = [&](Transaction& tx) { return what(tx, id, now()); };
        const bool done = co_await parts.database.transact(work);
        co_return done ? no_content() : unknown();
    }

    /// A message for a target that has to be on. `target_of` finds it by the number in the address.
    template <class Find, class Send>
    awaitable<Response> send(const Request& request, Find target_of, Send what) const {
        const auto id = id_of(request);
        std::optional<storage::Target> target;
        const auto work = [&](Transaction& tx) {
            target = target_of(tx, id);
            return target && what(tx, id, now());
        };
        const bool done = co_await parts.database.transact(work);
        if (!done && target && target->off_since) co_return target_is_off(*target);
        co_return done ? no_content() : unknown();
    }

    awaitable<Response> test(const Request& request, const Actor& actor) const {
        const auto find = [](Transaction& tx, std::int64_t id) {
            return storage::load_target(tx, static_cast<storage::TargetId>(id));
        };
        const auto what = [&](Transaction& tx, std::int64_t id, Time at) {
            return send_test(tx, static_cast<storage::TargetId>(id), actor, at);
        };
        co_return co_await send(request, find, what);
    }

    awaitable<Response> again(const Request& request, const Actor& actor) const {
        const auto find = [](Transaction& tx, std::int64_t id) {
            const auto found = storage::load_deliveries(tx, {.id = id, .limit = 1});
            return found.empty() ? std::nullopt : storage::load_target(tx, found[0].target);
        };
        const auto what = [&](Transaction& tx, std::int64_t id, Time at) {
            return redeliver(tx, id, actor, at);
        };
        co_return co_await send(request, find, what);
    }

    awaitable<Response> list_routes() const {
        const auto routes = co_await parts.database.read(storage::load_alert_routes);
        auto data = json::array();
        for (const auto& route : routes) data.push_back(to_json(route, *parts.pulse.catalogue()));
        co_return answer({{"data", data}});
    }

    awaitable<Response> put_route(const Request& request, const Actor& actor, std::int32_t id) const {
        Flaws flaws;
        const auto input = Input::read(request, route_fields, flaws);
        const auto targets = co_await parts.database.read(storage::load_targets);
        const auto catalogue = parts.pulse.catalogue();
        auto route = read_route(input, targets, *catalogue, words(), flaws);
        if (!flaws.empty()) co_return refuse_input(flaws);
        route.id = id;
        const auto work = [&](Transaction& tx) {
            if (id != 0) return edit_route(tx, route, actor, now());
            route.id = add_route(tx, route, actor, now()).value_or(0);
            return route.id != 0 ? RouteEdited::done : RouteEdited::unknown;
        };
        const auto done = co_await parts.database.transact(work);
        if (done == RouteEdited::unknown && id != 0) co_return unknown();
        if (done == RouteEdited::unknown)  // its target has been removed meanwhile
            co_return refuse_input({{"target", words().text("operator.routes.wrong.target")}});
        if (done == RouteEdited::moved)
            co_return refuse_input({{"target", words().text("operator.routes.wrong.moved")}});
        co_return answer(to_json(route, *catalogue), id == 0 ? 201 : 200);
    }

    awaitable<Response> list_deliveries(const Request& request) const {
        storage::DeliveryFilter filter;
        for (const auto& [name, value] : request.query) {
            std::int64_t number = 0;
            const auto [stopped, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
            const bool whole = problem == std::errc{} && stopped == value.data() + value.size() && number > 0;
            const bool state =
                value == "waiting" || value == "delivered" || value == "failed" || value == "cancelled";
            if (name == "target" && whole && number <= INT32_MAX)
                filter.target = static_cast<storage::TargetId>(number);
            else if (name == "before" && whole)
                filter.before = number;
            else if (name == "state" && state)
                filter.state = value;
            else
                co_return http::problem(
                    400, "query", "This query cannot be understood",
                    "Known are target and before (ids) and state (waiting, delivered, failed, cancelled).",
                    {{"?" + name, "not understood"}});
        }
        const auto load = [&](Transaction& tx) { return storage::load_deliveries(tx, filter); };
        const auto deliveries = co_await parts.database.read(load);
        auto data = json::array();
        for (const auto& delivery : deliveries) data.push_back(to_json(delivery));
        const bool more = static_cast<int>(deliveries.size()) == filter.limit;
        co_return answer({{"data", data}, {"next", more ? json(deliveries.back().id) : json()}});
    }

    awaitable<Response> show_delivery(const Request& request) const {
        const auto id = id_of(request);
        std::vector<storage::Attempt> attempts;
        const auto load = [&](Transaction& tx) {
            attempts = storage::load_attempts(tx, id);
            return storage::load_deliveries(tx, {.id = id, .limit = 1});
        };
        const auto found = co_await parts.database.read(load);
        co_return found.empty() ? unknown() : answer(to_json(found[0], attempts));
    }
};

}  // namespace

std::int64_t id_of(const Request& request) {
    const auto text = request.param("id");
    std::int64_t id = 0;
    const auto [stopped, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    return problem == std::errc{} && stopped == text.data() + text.size() && id <= INT32_MAX ? id : 0;
}

std::vector<GuardedRoute> notification_api(const Parts& parts, std::shared_ptr<Workbench> bench) {
    const auto api = std::make_shared<const Api>(Api{parts, std::move(bench)});
    const Rule see{Role::viewer, read_scope}, act{Role::operator_, notifications_scope};
    const auto route = [](Method method, const char* path, Rule rule, OperatorHandler handler,
                          std::vector<std::string_view> query = {}) {
        return GuardedRoute{method,          std::string("/api/v1/admin/") + path, rule, std::move(handler), {},
                            std::move(query)};
    };
    const auto change = [api](auto what) {
        return [api, what](const Request& r, const Actor& actor) {
            const auto with = [what, actor](Transaction& tx, std::int64_t id, Time now) {
                return what(tx, static_cast<std::int32_t>(id), actor, now);
            };
            return api->change(r, with);
        };
    };
    const auto turn = [change](bool on) {
        return change([on](Transaction& tx, std::int32_t id, const Actor& actor, Time now) {
            return switch_target(tx, id, on, actor, now);
        });
    };
    return {
        route(Method::get, "targets", see, [api](const Request&, const Actor&) { return api->list_targets(); }),
        route(Method::post, "targets", act,
              [api](const Request& r, const Actor& a) { return api->put_target(r, a, 0); }),
        route(Method::put, "targets/{id}", act,
              [api](const Request& r, const Actor& a) {
                  const auto id = static_cast<storage::TargetId>(id_of(r));
                  return api->put_target(r, a, id != 0 ? id : -1);
              }),
        route(Method::delete_, "targets/{id}", act, change(remove_target)),
        route(Method::post, "targets/{id}/test", act,
              [api](const Request& r, const Actor& a) { return api->test(r, a); }),
        route(Method::post, "targets/{id}/secret", act,
              [api](const Request& r, const Actor& a) { return api->rotate(r, a); }),
        route(Method::post, "targets/{id}/on", act, turn(true)),
        route(Method::post, "targets/{id}/off", act, turn(false)),
        route(Method::get, "routes", see, [api](const Request&, const Actor&) { return api->list_routes(); }),
        route(Method::post, "routes", act,
              [api](const Request& r, const Actor& a) { return api->put_route(r, a, 0); }),
        route(Method::put, "routes/{id}", act,
              [api](const Request& r, const Actor& a) {
                  const auto id = static_cast<std::int32_t>(id_of(r));
                  return api->put_route(r, a, id != 0 ? id : -1);
              }),
        route(Method::delete_, "routes/{id}", act, change(remove_route)),
        route(Method::get, "deliveries", see,
              [api](const Request& r, const Actor&) { return api->list_deliveries(r); },
              {"target", "state", "before"}),
        route(Method::get, "deliveries/{id}", see,
              [api](const Request& r, const Actor&) { return api->show_delivery(r); }),
        route(Method::post, "deliveries/{id}/redeliver", act,
              [api](const Request& r, const Actor& a) { return api->again(r, a); }),
    };
}

}  // namespace outcry::operators
