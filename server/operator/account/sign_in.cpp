// server/operator/account/sign_in.cpp: the same answer, in the same time, for a name that is unknown and a
// password that is wrong.
#include "server/operator/account/sign_in.hpp"

#include <algorithm>

#include "server/http/target.hpp"
#include "server/operator/account/attempts.hpp"
#include "server/operator/account/session.hpp"
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

namespace {

/// What the form holds, and what was wrong with it.
struct SignInView {
    std::string name, next, error;
    bool first_start = false;  // there is no user yet
    unsigned status = 200;
};

/// A place of ours to go to, or the console: nobody is sent elsewhere by a link to our sign-in page.
std::string safe_next(std::string_view asked) {
    const bool ours = (asked == "/admin" || asked.starts_with("/admin/")) &&
                      asked.find_first_of("\\\r\n") == std::string_view::npos;
    return ours ? std::string(asked) : "/admin";
}

/// An address in a header: nothing but what may stand there.
std::string in_location(std::string_view path) {
    std::string out;
    for (std::string_view left = path; !left.empty();) {
        const auto part = left.substr(0, std::max<std::size_t>(left.find('/'), 1));
        out += part == "/" ? "/" : http::percent_encode(part);
        left.remove_prefix(part.size());
    }
    return out;
}

Response render_sign_in(const Request& request, const Parts& parts, const SignInView& view) {
    const auto& words = parts.renderer->words();
    const pages::Markup command{"<code>outcry user passwd NAME</code>"};
    Data data{Data::type::object};
    data.set("name", view.name);
    data.set("next", view.next);
    data.set("first_start", view.first_start);
    data.set("open", !view.first_start);
    data.set("lost", words.markup("operator.sign_in.lost", {{"command", command}}).html);
    if (!view.error.empty()) data.set("error", view.error);
    return operator_page(request, *parts.renderer, Actor{}, {.title = words.text("operator.sign_in.title")},
                         web::operator_templates::sign_in, data, view.status);
}

awaitable<Response> get_sign_in(const Request& request, const Parts& parts) {
    const auto count = [](storage::Transaction& tx) { return storage::count_users(tx); };
    const auto counts = co_await parts.database.read(count);
    SignInView view;
    view.next = safe_next(request.query_value("next").value_or(""));
    view.first_start = counts.users == 0;
    co_return render_sign_in(request, parts, view);
}

Response wait_first(const Request& request, const Parts& parts, SignInView view,
                    std::chrono::milliseconds wait) {
    const auto& words = parts.renderer->words();
    // Of the program's clock; a demo's runs faster, but nobody minds waiting less than we say.
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    view.error = words.plural("operator.sign_in.wait", static_cast<std::uint64_t>(seconds));
    view.status = 429;
    auto response = render_sign_in(request, parts, view);
    response.set("retry-after", std::to_string(seconds));
    return response;
}

/// The user, if this is the name and the password of one who may sign in.
awaitable<std::optional<storage::UserSecret>> recognise(const Parts& parts, Door& door, const std::string& name,
                                                        const std::string& password) {
    const auto find = [&](storage::Transaction& tx) { return storage::find_user(tx, name); };
    auto user = co_await parts.database.read(find);
    const bool possible = user && !user->disabled && !user->password.empty();
    const auto kept = possible ? user->password : door.nobodys;
    const auto check = [&] { return is_password(kept, password); };
    const bool right = co_await door.bench.run(check);
    if (!possible || !right) user.reset();
    co_return user;
}

bool is_still(const std::optional<storage::UserSecret>& recognised,
              const std::optional<storage::UserSecret>& now) {
    return recognised && now && !now->disabled && now->id == recognised->id &&
           now->password == recognised->password;
}

awaitable<Response> post_sign_in(const Request& request, const Parts& parts, Door& door) {
    const auto form = read_form(request);
    SignInView view;
    view.name = user_name(trimmed(form, "name")).substr(0, 64);
    view.next = safe_next(http::value_of(form, "next"));
    const auto now = parts.clock.now();
    if (!door.bench.has_room()) co_return too_busy(request, parts);
    const auto client = client_network(request.client);
    const auto count = [&](storage::Transaction& tx) {
        // Who must wait as a client slows down nobody's name.
        const auto wait = begin_try(tx, by_client, client, now);
        return wait.count() > 0 ? wait : begin_try(tx, by_account, view.name, now);
    };
    const auto wait = co_await parts.database.transact(count);
    if (wait.count() > 0) co_return wait_first(request, parts, view, wait);
    const auto password = std::string(http::value_of(form, "password")).substr(0, most_password + 1);
    const auto user = co_await recognise(parts, door, view.name, password);
    const auto begin = [&](storage::Transaction& tx) -> std::string {
        // The password may have been changed, or the user disabled, while the old one was being checked.
        storage::lock_users(tx);
        if (!is_still(user, storage::find_user(tx, view.name))) return {};
        forgive_tries(tx, by_client, client, now);
        forgive_tries(tx, by_account, view.name, now);
        storage::write_audit(tx, {.actor = user->name, .action = "sign_in", .object = "user " + user->name},
                             now);
        return begin_session(tx, request, parts, user->id);
    };
    std::string session;
    if (user) session = co_await parts.database.transact(begin);
    if (session.empty()) {
        view.error = parts.renderer->words().text("operator.sign_in.wrong");
        view.status = 401;
        co_return render_sign_in(request, parts, view);
    }
    co_return enter(request, parts, in_location(view.next), session);
}

Response leave(const Request& request, const Parts& parts) {
    auto response = http::redirect(parts.renderer->site().path("/admin/sign-in"));
    response.set("set-cookie", clear_session_cookie(is_secure(request, parts.public_url)));
    return response;
}

awaitable<Response> post_sign_out(const Request& request, const Actor& actor, const Parts& parts) {
    const auto end = [&](storage::Transaction& tx) { storage::end_sign_in(tx, actor.session_hash); };
    co_await parts.database.transact(end);
    co_return leave(request, parts);
}

awaitable<Response> post_sign_out_everywhere(const Request& request, const Actor& actor, const Parts& parts) {
    const auto end = [&](storage::Transaction& tx) {
        const auto places = storage::end_sign_ins_of(tx, actor.user);
        storage::write_audit(tx,
                             {.actor = actor.audit_name(),
                              .action = "sign_out_everywhere",
                              .object = "user " + actor.name,
                              .before = "{\"sessions\":" + std::to_string(places) + "}"},
                             parts.clock.now());
    };
    co_await parts.database.transact(end);
    co_return leave(request, parts);
}

}  // namespace

Response too_busy(const Request& request, const Parts& parts) {
    const auto& words = parts.renderer->words();
    const Notice notice{.heading = words.text("operator.busy"),
                        .text = words.text("operator.busy_text"),
                        .href = parts.renderer->site().path("/admin/sign-in"),
                        .label = words.text("operator.refused.sign_in")};
    auto response = notice_page(request, *parts.renderer, Actor{}, notice, 503);
    response.set("retry-after", "2");
    return response;
}

std::string begin_session(storage::Transaction& tx, const Request& request, const Parts& parts,
                          storage::UserId user) {
    const auto bounds = session_bounds(parts.clock);
    storage::drop_old_sign_ins(tx, bounds.seen_since, bounds.made_since);
    if (const auto before = session_cookie(request, is_secure(request, parts.public_url)))
        storage::end_sign_in(tx, hash_secret(*before));
    auto session = make_secret();
    storage::add_sign_in(tx, hash_secret(session), user, parts.clock.now());
    return session;
}

Response enter(const Request& request, const Parts& parts, const std::string& location,
               const std::string& session) {
    auto response = http::redirect(parts.renderer->site().path(location));
    response.set("set-cookie", set_session_cookie(session, is_secure(request, parts.public_url)));
    return response;
}

std::vector<GuardedRoute> sign_in_routes(const Parts& parts, std::shared_ptr<Door> door) {
    const Rule signed_in{Role::viewer, people_only};
    return {
        {Method::get, "/admin/sign-in", Rule::anyone(),
         [parts](const Request& r, const Actor&) { return get_sign_in(r, parts); }},
        {Method::post, "/admin/sign-in", Rule::anyone(),
         [parts, door](const Request& r, const Actor&) { return post_sign_in(r, parts, *door); }},
        {Method::post, "/admin/sign-out", signed_in,
         [parts](const Request& r, const Actor& actor) { return post_sign_out(r, actor, parts); }},
        {Method::post, "/admin/sign-out-everywhere", signed_in,
         [parts](const Request& r, const Actor& actor) { return post_sign_out_everywhere(r, actor, parts); }},
    };
}

}  // namespace outcry::operators
