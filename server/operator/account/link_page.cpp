// server/operator/account/link_page.cpp: a link that works once: opened, it asks; used, it signs in; then it is
// gone.
#include <nlohmann/json.hpp>

#include "server/operator/account/sign_in.hpp"
#include "server/operator/account/user_name.hpp"
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/sign_ins.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;
using storage::Link;

namespace {

/// What was typed, and what is wrong with it.
struct Typed {
    std::string name, password, again;
    std::string name_error{}, password_error{}, again_error{};
    bool is_good() const { return name_error.empty() && password_error.empty() && again_error.empty(); }
};

bool stands(const std::optional<Link>& link, Time now) {
    return link && !link->used && !link->disabled && now < link->expires;
}

Response gone(const Request& request, const Parts& parts, const std::optional<Link>& link) {
    const auto& words = parts.renderer->words();
    const auto say = [&](std::string key) { return words.text("operator.link." + key); };
    const bool used = link && link->used;
    const Notice notice{.heading = say(!link  ? "unknown"
                                       : used ? "used"
                                              : "expired"),
                        .text = say(!link  ? "unknown_text"
                                    : used ? "used_text"
                                           : "expired_text"),
                        .href = parts.renderer->site().path("/admin/sign-in"),
                        .label = words.text("operator.refused.sign_in"),
                        .command = link && link->user ? "outcry user passwd " + link->name : "outcry init"};
    return notice_page(request, *parts.renderer, Actor{}, notice, link ? 410 : 404);
}

Response render_form(const Request& request, const Parts& parts, const Link& link, const Typed& typed,
                     unsigned status) {
    const auto& words = parts.renderer->words();
    const bool setup = !link.user;
    Data data{Data::type::object};
    data.set("setup", setup);
    data.set("heading",
             words.text(setup ? "operator.link.setup" : "operator.link.password", {{"name", link.name}}));
    data.set("text", words.text(setup ? "operator.link.setup_text" : "operator.link.password_text"));
    data.set("name", setup ? typed.name : link.name);
    data.set("least", std::to_string(least_password));
    for (const auto& [key, error] : {std::pair{"name_error", &typed.name_error},
                                     {"password_error", &typed.password_error},
                                     {"again_error", &typed.again_error}})
        if (!error->empty()) data.set(key, *error);
    return operator_page(
        request, *parts.renderer, Actor{},
        {.title = words.text(setup ? "operator.link.setup_title" : "operator.link.password_title")},
        web::operator_templates::link, data, status);
}

Typed read_typed(const Request& request, const Link& link, const pages::Words& words) {
    const auto form = read_form(request);
    Typed typed{.name = link.user ? link.name : user_name(trimmed(form, "name")),
                .password = std::string(http::value_of(form, "password")),
                .again = std::string(http::value_of(form, "again"))};
    if (!is_user_name(typed.name)) typed.name_error = words.text("operator.user.name_rule");
    typed.password_error = password_complaint(typed.password, typed.name, words);
    if (typed.password != typed.again) typed.again_error = words.text("operator.password.again");
    return typed;
}

std::optional<Link> find(storage::Transaction& tx, const Request& request) {
    return storage::find_link(tx, hash_secret(request.param("secret")));
}

awaitable<Response> get_link(const Request& request, const Parts& parts) {
    const auto load = [&](storage::Transaction& tx) { return find(tx, request); };
    const auto link = co_await parts.database.read(load);
    if (!stands(link, parts.clock.now())) co_return gone(request, parts, link);
    co_return render_form(request, parts, *link, {}, 200);
}

/// The session it began; nothing when somebody else used the link in the meantime.
std::optional<std::string> use(storage::Transaction& tx, const Request& request, const Parts& parts,
                               const Typed& typed, const std::string& kept) {
    const auto now = parts.clock.now();
    const auto link = find(tx, request);
    if (!stands(link, now)) return std::nullopt;
    auto user = link->user;
    if (!user) {
        if (storage::count_users(tx).users > 0) return std::nullopt;
        user = storage::add_user(tx, typed.name, std::string(to_string(Role::admin)), now);
        if (!user) return std::nullopt;
    }
    storage::use_links(tx, link->user, now);
    storage::set_password(tx, *user, kept);
    storage::end_sign_ins_of(tx, *user);  // whoever knew the old password
    storage::AuditEntry entry{.actor = typed.name, .action = "user.password", .object = "user " + typed.name};
    if (!link->user) {
        entry.action = "user.add";
        entry.after = nlohmann::json{{"role", to_string(Role::admin)}}.dump();
    }
    storage::write_audit(tx, entry, now);
    return begin_session(tx, request, parts, *user);
}

awaitable<Response> post_link(const Request& request, const Parts& parts, Door& door) {
    const auto load = [&](storage::Transaction& tx) { return find(tx, request); };
    const auto link = co_await parts.database.read(load);
    if (!stands(link, parts.clock.now())) co_return gone(request, parts, link);
    const auto typed = read_typed(request, *link, parts.renderer->words());
    if (!typed.is_good()) co_return render_form(request, parts, *link, typed, 422);
    if (!door.bench.has_room()) co_return too_busy(request, parts);
    const auto keep = [&] { return keep_password(typed.password); };
    const auto kept = co_await door.bench.run(keep);
    const auto work = [&](storage::Transaction& tx) { return use(tx, request, parts, typed, kept); };
    const auto session = co_await parts.database.transact(work);
    if (session) co_return enter(request, parts, "/admin", *session);
    auto taken = *link;
    taken.used = true;
    co_return gone(request, parts, taken);
}

}  // namespace

std::vector<GuardedRoute> link_routes(const Parts& parts, std::shared_ptr<Door> door) {
    // The secret is part of the address: pages from here tell no other site where they were. With "no-referrer"
    // a browser would send "Origin: null" with our own form.
    const auto quietly = [](Response response) {
        response.set("referrer-policy", "same-origin");
        return response;
    };
    const auto get = [parts, quietly](const Request& r, const Actor&) -> awaitable<Response> {
        auto response = co_await get_link(r, parts);
        co_return quietly(std::move(response));
    };
    const auto post = [parts, door, quietly](const Request& r, const Actor&) -> awaitable<Response> {
        auto response = co_await post_link(r, parts, *door);
        co_return quietly(std::move(response));
    };
    return {{Method::get, "/admin/link/{secret}", Rule::anyone(), get},
            {Method::post, "/admin/link/{secret}", Rule::anyone(), post}};
}

}  // namespace outcry::operators
