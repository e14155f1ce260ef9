// server/operator/telling/quiet_api.cpp: maintenance windows and silences for programs.
#include <nlohmann/json.hpp>

#include "server/http/problem.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/body.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_json.hpp"
#include "server/operator/telling/quiet_changes.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using nlohmann::json;
using storage::Transaction;

namespace {

template <class Load>
awaitable<Response> list(const Parts& parts, Load load) {
    const auto now = parts.clock.now();
    const auto work = [&](Transaction& tx) { return load(tx, now); };
    const auto all = co_await parts.database.read(work);
    auto data = json::array();
    for (const auto& one : all) data.push_back(to_json(one, *parts.pulse.catalogue()));
    co_return answer({{"data", data}});
}

awaitable<Response> announce(const Parts& parts, const Request& request, const Actor& actor) {
    Flaws flaws;
    const auto catalogue = parts.pulse.catalogue();
    const auto& words = parts.renderer->words();
    const auto now = parts.clock.now();
    const auto input = Input::read(request, maintenance_fields, flaws);
    auto window = read_maintenance(input, *catalogue, words, now, flaws);
    const auto work = [&](Transaction& tx) {
        window.id = add_maintenance(tx, window, actor, words, now, flaws);
    };
    if (flaws.empty()) co_await parts.database.transact(work);
    if (!flaws.empty()) co_return refuse_input(flaws);
    window.by_whom = actor.audit_name();
    co_return answer(to_json(window, *catalogue), 201);
}

awaitable<Response> silence(const Parts& parts, const Request& request, const Actor& actor) {
    Flaws flaws;
    const auto catalogue = parts.pulse.catalogue();
    const auto now = parts.clock.now();
    const auto input = Input::read(request, silence_fields, flaws);
    auto wanted = read_silence(input, *catalogue, parts.renderer->words(), now, flaws);
    if (!flaws.empty()) co_return refuse_input(flaws);
    const auto work = [&](Transaction& tx) { wanted.id = add_silence(tx, wanted, actor, now); };
    co_await parts.database.transact(work);
    wanted.by_whom = actor.audit_name();
    co_return answer(to_json(wanted, *catalogue), 201);
}

template <class End>
awaitable<Response> end(const Parts& parts, const Request& request, const Actor& actor, End finish) {
    const auto work = [&](Transaction& tx) {
        return finish(tx, static_cast<std::int32_t>(id_of(request)), actor, parts.clock.now());
    };
    if (!co_await parts.database.transact(work))
        co_return http::problem(404, "not-found", "There is no such thing here", "It may be over already.");
    Response response;
    response.status = 204;
    co_return response;
}

}  // namespace

std::vector<GuardedRoute> quiet_api(const Parts& parts) {
    const Rule see{Role::viewer, read_scope}, act{Role::operator_, notifications_scope};
    const std::string root = "/api/v1/admin/";
    return {{Method::get, root + "maintenances", see,
             [parts](const Request&, const Actor&) { return list(parts, storage::load_maintenances); }},
            {Method::post, root + "maintenances", act,
             [parts](const Request& r, const Actor& a) { return announce(parts, r, a); }},
            {Method::delete_, root + "maintenances/{id}", act,
             [parts](const Request& r, const Actor& a) { return end(parts, r, a, end_maintenance); }},
            {Method::get, root + "silences", see,
             [parts](const Request&, const Actor&) { return list(parts, storage::load_silences); }},
            {Method::post, root + "silences", act,
             [parts](const Request& r, const Actor& a) { return silence(parts, r, a); }},
            {Method::delete_, root + "silences/{id}", act,
             [parts](const Request& r, const Actor& a) { return end(parts, r, a, end_silence); }}};
}

}  // namespace outcry::operators
