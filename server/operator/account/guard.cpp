// server/operator/account/guard.cpp: Bearer tokens as RFC 6750 has them, else a session and its CSRF token.
#include "server/operator/account/guard.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/http/problem.hpp"
#include "server/http/target.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/body.hpp"
#include "server/operator/page.hpp"
#include "server/storage/sign_ins.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;

namespace {

/// Why somebody is not let through.
enum class Refusal { unknown, role, scope, forged };

struct Found {
    std::optional<Actor> actor;
    std::optional<Refusal> refusal;
};

bool is_api(std::string_view pattern) {
    return pattern.starts_with("/api/");
}

bool changes(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

Found judge(const std::vector<storage::StoredToken>& tokens, std::string_view token, const Rule& rule) {
    const auto* known = find_token(tokens, token);
    if (!known) return {{}, Refusal::unknown};
    if (rule.scope() == people_only || !may(*known, rule.scope())) return {{}, Refusal::scope};
    return {Actor{.name = known->name, .role = rule.least(), .way = Actor::Way::token}, {}};
}

awaitable<Found> by_token(const Request& request, const Gate& gate, const Rule& rule) {
    const auto token = bearer_token(request.header("authorization"));
    std::vector<storage::StoredToken> tokens;
    const auto load = [](storage::Transaction& tx) { return storage::load_tokens(tx); };
    if (token) tokens = co_await gate.database.read(load);
    co_return judge(tokens, token.value_or(""), rule);
}

/// Seen times are kept to a minute, so that reading a page writes nothing most of the time.
std::optional<storage::SignIn> look_up(storage::Transaction& tx, const std::string& hash,
                                       const live::Clock& clock) {
    const auto bounds = session_bounds(clock);
    auto found = storage::find_sign_in(tx, hash, bounds.seen_since, bounds.made_since);
    const auto now = clock.now();
    if (found && now - found->seen > std::chrono::minutes{1}) storage::touch_sign_in(tx, hash, now);
    return found;
}

Found judge(const storage::SignIn& sign_in, const std::string& session, const Request& request,
            const Gate& gate, const Rule& rule) {
    const auto role = parse_role(sign_in.role);
    if (!role) return {{}, Refusal::unknown};
    Actor actor{.name = sign_in.name,
                .role = *role,
                .user = sign_in.user,
                .session_hash = hash_secret(session),
                .csrf = csrf_token(session)};
    const bool ours = !changes(request.method) ||
                      (is_same_origin(request, gate.public_url) && carries_csrf(request, actor.csrf));
    const auto refusal = !actor.may(rule.least()) ? std::optional{Refusal::role}
                         : !ours                  ? std::optional{Refusal::forged}
                                                  : std::nullopt;
    return {std::move(actor), refusal};
}

awaitable<Found> by_session(const Request& request, const Gate& gate, const Rule& rule) {
    const auto session = session_cookie(request, is_secure(request, gate.public_url));
    std::optional<storage::SignIn> sign_in;
    if (session) {
        const auto hash = hash_secret(*session);
        const auto load = [&](storage::Transaction& tx) { return look_up(tx, hash, gate.clock); };
        sign_in = co_await gate.database.read(load);
    }
    Found found{{}, Refusal::unknown};
    if (sign_in) found = judge(*sign_in, *session, request, gate, rule);
    co_return found;
}

Response api_refusal(const Rule& rule, Refusal refusal, const Actor* actor) {
    if (refusal == Refusal::unknown) {
        auto response =
            http::problem(401, "unauthorized", "This is for operators",
                          "Send Authorization: Bearer with a token in force; outcry token create makes "
                          "one. Or sign in at /admin/sign-in.");
        response.set("www-authenticate", "Bearer realm=\"outcry\"");
        return response;
    }
    if (refusal == Refusal::role)
        return http::problem(403, "forbidden", "This needs another role",
                             std::string("It is for the role ")
                                 .append(to_string(rule.least()))
                                 .append(" and above; ")
                                 .append(actor->name)
                                 .append(" is ")
                                 .append(to_string(actor->role))
                                 .append("."));
    if (refusal == Refusal::forged)
        return http::problem(403, "csrf", "This did not come from a page of this site",
                             "Send X-CSRF-Token with the token of the session, from the same origin.");
    const auto scope = std::string(rule.scope());
    auto response = http::problem(
        403, "forbidden", "This token may not do this",
        scope.empty() ? "It is for people who sign in, not for tokens." : "It needs the scope " + scope + ".");
    response.set("www-authenticate",
                 "Bearer realm=\"outcry\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
    return response;
}

Response page_refusal(const Request& request, const Gate& gate, const Rule& rule, Refusal refusal,
                      const Actor* actor) {
    const auto& words = gate.renderer->words();
    const auto& site = gate.renderer->site();
    const auto sign_in = site.path("/admin/sign-in");
    if (refusal == Refusal::unknown && !changes(request.method))
        return http::redirect(sign_in + "?next=" + http::percent_encode(request.path));
    const auto say = [&](const std::string& key, pages::Fills fills = {}) {
        return words.text("operator.refused." + key, fills);
    };
    Notice notice;
    if (refusal == Refusal::unknown)
        notice = {say("session"), say("session_text"), sign_in, say("sign_in")};
    else if (refusal == Refusal::forged)
        notice = {say("forged"), say("forged_text"), site.path("/admin"), say("back")};
    else
        notice = {say("role"),
                  say("role_text", {{"role", std::string(to_string(actor ? actor->role : Role::viewer))},
                                    {"least", std::string(to_string(rule.least()))}}),
                  site.path("/admin"), say("back")};
    return notice_page(request, *gate.renderer, actor ? *actor : Actor{}, notice,
                       refusal == Refusal::unknown ? 401 : 403);
}

Response refuse(const Request& request, const Gate& gate, const GuardedRoute& route, Refusal refusal,
                const Actor* actor) {
    return is_api(route.pattern) || !request.header("authorization").empty()
               ? api_refusal(route.rule, refusal, actor)
               : page_refusal(request, gate, route.rule, refusal, actor);
}

awaitable<Found> find(const Request& request, const Gate& gate, const Rule& rule) {
    // A request names itself one way: with a token, its cookies are not looked at.
    Found found;
    if (!request.header("authorization").empty())
        found = co_await by_token(request, gate, rule);
    else
        found = co_await by_session(request, gate, rule);
    co_return found;
}

awaitable<Response> let_through(const Request& request, const Gate& gate, const GuardedRoute& route) {
    const auto& rule = route.rule;
    if (rule.is_open()) {
        if (changes(request.method) && !is_same_origin(request, gate.public_url))
            co_return refuse(request, gate, route, Refusal::forged, nullptr);
        const Actor nobody;
        co_return co_await route.handler(request, nobody);
    }
    const auto found = co_await find(request, gate, rule);
    if (found.refusal)
        co_return refuse(request, gate, route, *found.refusal, found.actor ? &*found.actor : nullptr);
    if (is_api(route.pattern)) {
        if (auto refused = refuse_query(request, route.query)) co_return std::move(*refused);
        if (auto refused = refuse_content_type(request)) co_return std::move(*refused);
    }
    co_return co_await route.handler(request, *found.actor);
}

awaitable<Response> answer(const Request& request, const Gate& gate, const GuardedRoute& route) {
    auto response = co_await let_through(request, gate, route);
    response.set("cache-control", "no-store");
    co_return response;
}

/// By the head alone: the CSRF token of a form is in the body, and has to wait for it.
awaitable<std::optional<Response>> refuse_large(const Request& request, const Gate& gate,
                                                const GuardedRoute& route) {
    const auto found = co_await find(request, gate, route.rule);
    if (!found.refusal || found.refusal == Refusal::forged) co_return std::nullopt;
    auto response = refuse(request, gate, route, *found.refusal, found.actor ? &*found.actor : nullptr);
    response.set("cache-control", "no-store");
    co_return response;
}

Response too_large(const Request& request, const Gate& gate, const GuardedRoute& route) {
    const auto most = std::to_string(route.body.most / (1024 * 1024)) + " MB";
    if (is_api(route.pattern))
        return http::problem(
            413, "too-large", "The body is too large",
            "This address takes up to " + most + ". With more, type on the server: " + route.body.command);
    const auto& words = gate.renderer->words();
    return notice_page(request, *gate.renderer, Actor{},
                       {.heading = words.text("operator.refused.large"),
                        .text = words.text("operator.refused.large_text", {{"most", most}}),
                        .href = gate.renderer->site().path("/admin"),
                        .label = words.text("operator.refused.back"),
                        .command = route.body.command},
                       413);
}

http::BodyRule body_rule(std::shared_ptr<const Gate> gate, std::shared_ptr<const GuardedRoute> route) {
    const auto most = route->body.most;
    if (most == 0) return {};
    return {.most = is_api(route->pattern) ? most : 3 * most + http::usual_body_bytes,
            .too_large = [gate, route](const Request& r) { return too_large(r, *gate, *route); },
            .admit = [gate, route](const Request& r) { return refuse_large(r, *gate, *route); }};
}

bool is_under(std::string_view pattern, std::string_view folder) {
    return pattern.starts_with(folder) && (pattern.size() == folder.size() || pattern[folder.size()] == '/');
}

}  // namespace

std::vector<http::Route> guarded(std::vector<GuardedRoute> table, const Gate& given) {
    const auto gate = std::make_shared<const Gate>(given);
    std::vector<http::Route> routes;
    for (auto& each : table) {
        const auto route = std::make_shared<const GuardedRoute>(std::move(each));
        const auto handler = [gate, route](const Request& request) { return answer(request, *gate, *route); };
        routes.push_back({route->method, route->pattern, handler, body_rule(gate, route)});
    }
    return routes;
}

void refuse_unguarded(std::span<const http::Route> routes) {
    for (const auto& route : routes)
        if (is_under(route.pattern, "/admin") || is_under(route.pattern, "/api/v1/admin"))
            throw std::logic_error("the route " + route.pattern + " is not in the operators' table");
}

}  // namespace outcry::operators
