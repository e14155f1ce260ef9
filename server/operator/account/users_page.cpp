// server/operator/account/users_page.cpp: the list of users, and the forms that change it.
#include "server/operator/account/users_page.hpp"

#include <algorithm>
#include <charconv>

#include "server/operator/account/link.hpp"
#include "server/operator/account/user_name.hpp"
#include "server/operator/account/users.hpp"
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/storage/audit.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;

namespace {

/// What the page says beside the list.
struct UsersView {
    std::string error, name_error, typed, why, why_error;
    std::string link, link_for;  // shown once
    unsigned status = 200;
};

list role_options(const pages::Words& words, std::string_view chosen) {
    list options;
    for (const auto role : roles) {
        Data option{Data::type::object};
        option.set("role", std::string(to_string(role)));
        option.set("label", words.text("operator.role." + std::string(to_string(role))));
        option.set("chosen", to_string(role) == chosen);
        options.push_back(std::move(option));
    }
    return options;
}

Data row_of(const storage::User& user, const pages::Words& words, Time now) {
    Data row{Data::type::object};
    row.set("id", std::to_string(user.id));
    row.set("name", user.name);
    row.set("state", words.text(user.disabled       ? "operator.users.disabled"
                                : user.has_password ? "operator.users.active"
                                                    : "operator.users.waiting"));
    row.set("seen", user.seen ? words.when(*user.seen, now).html
                              : pages::escape_html(words.text("operator.users.never")));
    row.set("role_label", words.text("operator.users.role_of", {{"name", user.name}}));
    row.set("why_label", words.text("operator.users.why_of", {{"name", user.name}}));
    row.set("roles", role_options(words, user.role));
    row.set("disabled", user.disabled.has_value());
    return row;
}

Response render_users(const Request& request, const Actor& actor, const Parts& parts, const UsersView& view,
                      const std::vector<storage::User>& users) {
    const auto& words = parts.renderer->words();
    list rows;
    for (const auto& user : users) rows.push_back(row_of(user, words, parts.clock.now()));
    Data data{Data::type::object};
    data.set("users", rows);
    data.set("new_roles", role_options(words, ""));
    data.set("typed", view.typed);
    data.set("why", view.why);
    data.set("longest", std::to_string(storage::longest_reason));
    if (!view.why_error.empty()) data.set("why_error", view.why_error);
    if (!view.error.empty()) data.set("error", view.error);
    if (!view.name_error.empty()) data.set("name_error", view.name_error);
    if (!view.link.empty()) {
        data.set("link", view.link);
        data.set("link_text", words.text("operator.users.link_text", {{"name", view.link_for}}));
    }
    return operator_page(request, *parts.renderer, actor,
                         {.title = words.text("operator.users.title"), .here = "users"},
                         web::operator_templates::users, data, view.status);
}

awaitable<Response> show_users(const Request& request, const Actor& actor, const Parts& parts, UsersView view) {
    const auto load = [](storage::Transaction& tx) { return storage::load_users(tx); };
    const auto users = co_await parts.database.read(load);
    co_return render_users(request, actor, parts, view, users);
}

Response back_to_users(const Parts& parts) {
    return http::redirect(parts.renderer->site().path("/admin/users"));
}

/// The same page again: nothing was changed, and this is why.
awaitable<Response> refuse(const Request& request, const Actor& actor, const Parts& parts, unsigned status,
                           std::string error) {
    UsersView view;
    view.error = std::move(error);
    view.status = status;
    co_return co_await show_users(request, actor, parts, std::move(view));
}

std::string whole_address(const Request& request, const Parts& parts, const std::string& path) {
    return parts.renderer->site().seen_at(request.origin()).address(path);
}

awaitable<Response> post_user(const Request& request, const Actor& actor, const Parts& parts) {
    const auto form = read_form(request);
    const auto& words = parts.renderer->words();
    UsersView view;
    view.typed = user_name(trimmed(form, "name"));
    auto why = read_why(form, words);
    view.why = why.text;
    view.why_error = std::move(why.error);
    const auto role = parse_role(trimmed(form, "role")).value_or(Role::viewer);
    if (!is_user_name(view.typed)) view.name_error = words.text("operator.user.name_rule");
    if (view.name_error.empty() && view.why_error.empty()) {
        const auto now = parts.clock.now();
        const auto add = [&](storage::Transaction& tx) {
            if (add_user(tx, actor.audit_name(), view.typed, role, why.text, now) == UserChange::taken)
                return std::string{};
            return make_password_link(tx, storage::find_user(tx, view.typed)->id, now,
                                      now + parts.clock.span_of(link_lasts));
        };
        const auto link = co_await parts.database.transact(add);
        if (link.empty()) {
            view.name_error = words.text("operator.users.taken");
        } else {
            view.link = whole_address(request, parts, link);
            view.link_for = std::exchange(view.typed, {});
            view.why.clear();
        }
    }
    if (!view.name_error.empty() || !view.why_error.empty()) view.status = 422;
    co_return co_await show_users(request, actor, parts, std::move(view));
}

/// The user that the address names; nothing when there is none.
std::optional<storage::User> named(storage::Transaction& tx, const Request& request) {
    const auto text = request.param("id");
    storage::UserId id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    const auto users = storage::load_users(tx);
    const auto found =
        std::find_if(users.begin(), users.end(), [&](const auto& user) { return user.id == id; });
    return found == users.end() ? std::nullopt : std::optional{*found};
}

awaitable<Response> post_link(const Request& request, const Actor& actor, const Parts& parts) {
    const auto why = read_why(read_form(request), parts.renderer->words());
    if (!why.error.empty()) co_return co_await refuse(request, actor, parts, 422, why.error);
    const auto now = parts.clock.now();
    UsersView view;
    const auto make = [&](storage::Transaction& tx) {
        const auto user = named(tx, request);
        if (!user) return;
        view.link_for = user->name;
        const auto link =
            give_link(tx, actor.audit_name(), user->name, why.text, now, now + parts.clock.span_of(link_lasts));
        view.link = whole_address(request, parts, link.value());
    };
    co_await parts.database.transact(make);
    if (view.link.empty()) co_return back_to_users(parts);
    co_return co_await show_users(request, actor, parts, std::move(view));
}

awaitable<Response> change(const Request& request, const Actor& actor, const Parts& parts,
                           std::optional<Role> role, std::optional<bool> disabled) {
    std::string name;
    const auto why = read_why(read_form(request), parts.renderer->words());
    if (!why.error.empty()) co_return co_await refuse(request, actor, parts, 422, why.error);
    const auto work = [&](storage::Transaction& tx) {
        const auto user = named(tx, request);
        if (!user) return UserChange::unknown;
        name = user->name;
        return change_user(tx, actor.audit_name(), user->id, role, disabled, why.text, parts.clock.now());
    };
    const auto changed = co_await parts.database.transact(work);
    if (changed != UserChange::last_admin) co_return back_to_users(parts);
    const auto last = parts.renderer->words().text("operator.users.last", {{"name", name}});
    co_return co_await refuse(request, actor, parts, 409, last);
}

}  // namespace

std::vector<GuardedRoute> user_routes(const Parts& parts) {
    const Rule admins{Role::admin, people_only};
    const auto disable = [parts](bool disabled) {
        return [parts, disabled](const Request& r, const Actor& a) {
            return change(r, a, parts, std::nullopt, disabled);
        };
    };
    return {
        {Method::get, "/admin/users", admins,
         [parts](const Request& r, const Actor& a) { return show_users(r, a, parts, {}); }},
        {Method::post, "/admin/users", admins,
         [parts](const Request& r, const Actor& a) { return post_user(r, a, parts); }},
        {Method::post, "/admin/users/{id}/link", admins,
         [parts](const Request& r, const Actor& a) { return post_link(r, a, parts); }},
        {Method::post, "/admin/users/{id}/role", admins,
         [parts](const Request& r, const Actor& a) {
             return change(r, a, parts, parse_role(trimmed(read_form(r), "role")), std::nullopt);
         }},
        {Method::post, "/admin/users/{id}/disable", admins, disable(true)},
        {Method::post, "/admin/users/{id}/enable", admins, disable(false)},
    };
}

}  // namespace outcry::operators
