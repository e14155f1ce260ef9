// server/operator/account/account_page.cpp: one's own password, and where one is signed in.
#include "server/operator/account/attempts.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/sign_in.hpp"
#include "server/operator/account/user_name.hpp"
#include "server/operator/account/users_page.hpp"
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

namespace {

struct AccountView {
    std::string current_error, password_error, saved;
    unsigned status = 200;
};

Response render_account(const Request& request, const Actor& actor, const Parts& parts, const AccountView& view,
                        int sessions) {
    const auto& words = parts.renderer->words();
    Data data{Data::type::object};
    data.set("name", actor.name);
    data.set("heading", words.text("operator.account.heading", {{"name", actor.name}}));
    const auto role = words.text("operator.role." + std::string(to_string(actor.role)));
    data.set("role_text", words.text("operator.account.role_text", {{"role", role}}));
    data.set("sessions", words.plural("operator.account.sessions", static_cast<std::uint64_t>(sessions)));
    for (const auto& [key, text] : {std::pair{"current_error", &view.current_error},
                                    {"password_error", &view.password_error},
                                    {"saved", &view.saved}})
        if (!text->empty()) data.set(key, *text);
    return operator_page(request, *parts.renderer, actor, {.title = words.text("operator.account.title")},
                         web::operator_templates::account, data, view.status);
}

awaitable<Response> show_account(const Request& request, const Actor& actor, const Parts& parts,
                                 AccountView view) {
    const auto count = [&](storage::Transaction& tx) { return storage::count_sign_ins_of(tx, actor.user); };
    const auto sessions = co_await parts.database.read(count);
    co_return render_account(request, actor, parts, view, sessions);
}

/// True when `given` is the password that the user has now.
awaitable<bool> knows_password(const Parts& parts, Door& door, const Actor& actor, const std::string& given) {
    const auto find = [&](storage::Transaction& tx) { return storage::find_user(tx, actor.name); };
    const auto user = co_await parts.database.read(find);
    const auto check = [&] { return user && !user->password.empty() && is_password(user->password, given); };
    co_return co_await door.bench.run(check);
}

awaitable<Response> post_password(const Request& request, const Actor& actor, const Parts& parts, Door& door) {
    const auto form = read_form(request);
    const auto& words = parts.renderer->words();
    const auto password = std::string(http::value_of(form, "password"));
    AccountView view;
    view.status = 422;
    view.password_error = password_complaint(password, actor.name, words);
    if (!view.password_error.empty()) co_return co_await show_account(request, actor, parts, view);
    if (!door.bench.has_room()) co_return too_busy(request, parts);
    const auto now = parts.clock.now();
    // Somebody at an unlocked desk may not guess either.
    const auto count = [&](storage::Transaction& tx) { return begin_try(tx, by_account, actor.name, now); };
    const auto wait = co_await parts.database.transact(count);
    const auto current = std::string(http::value_of(form, "current")).substr(0, most_password + 1);
    bool right = false;
    if (wait.count() == 0) right = co_await knows_password(parts, door, actor, current);
    if (!right) {
        const auto seconds = static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(wait).count());
        view.current_error =
            seconds > 0 ? words.plural("operator.sign_in.wait", seconds) : words.text("operator.account.wrong");
        co_return co_await show_account(request, actor, parts, view);
    }
    const auto keep = [&] { return keep_password(password); };
    const auto kept = co_await door.bench.run(keep);
    const auto work = [&](storage::Transaction& tx) {
        forgive_tries(tx, by_account, actor.name, now);
        storage::set_password(tx, actor.user, kept);
        storage::use_links(tx, actor.user, now);
        storage::end_sign_ins_of(tx, actor.user);
        storage::add_sign_in(tx, actor.session_hash, actor.user, now);
        storage::write_audit(
            tx, {.actor = actor.audit_name(), .action = "user.password", .object = "user " + actor.name}, now);
    };
    co_await parts.database.transact(work);
    view.status = 200;
    view.saved = words.text("operator.account.changed");
    co_return co_await show_account(request, actor, parts, view);
}

}  // namespace

std::vector<GuardedRoute> account_routes(const Parts& parts, std::shared_ptr<Door> door) {
    const Rule signed_in{Role::viewer, people_only};
    return {{Method::get, "/admin/account", signed_in,
             [parts](const Request& r, const Actor& a) { return show_account(r, a, parts, {}); }},
            {Method::post, "/admin/account/password", signed_in,
             [parts, door](const Request& r, const Actor& a) { return post_password(r, a, parts, *door); }}};
}

}  // namespace outcry::operators
