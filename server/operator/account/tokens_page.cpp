// server/operator/account/tokens_page.cpp: see the header.
#include "server/operator/account/tokens_page.hpp"

#include <algorithm>

#include "server/operator/account/secret.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/account/token_changes.hpp"
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

struct TokensView {
    std::string error, typed, name_error, scope_error, why, why_error;
    std::vector<std::string> chosen;
    std::string token, token_name;  // shown once
    unsigned status = 200;
};

std::string joined(const std::vector<std::string>& scopes) {
    std::string text;
    for (const auto& scope : scopes) text.append(text.empty() ? "" : ", ").append(scope);
    return text;
}

bool is_token_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

list scope_options(const pages::Words& words, const std::vector<std::string>& chosen) {
    list options;
    for (const auto scope : scopes) {
        Data option{Data::type::object};
        option.set("scope", std::string(scope));
        option.set("text", words.text("operator.tokens.scope." + std::string(scope)));
        option.set("chosen", std::find(chosen.begin(), chosen.end(), scope) != chosen.end());
        options.push_back(std::move(option));
    }
    return options;
}

Response render_tokens(const Request& request, const Actor& actor, const Parts& parts, const TokensView& view,
                       const std::vector<storage::StoredToken>& tokens) {
    const auto& words = parts.renderer->words();
    list rows;
    for (const auto& token : tokens) {
        Data row{Data::type::object};
        row.set("name", token.name);
        row.set("scopes", joined(token.scopes));
        row.set("why_label", words.text("operator.tokens.why_of", {{"name", token.name}}));
        row.set("made", words.when(token.made, parts.clock.now()).html);
        rows.push_back(std::move(row));
    }
    Data data{Data::type::object};
    data.set("has_tokens", !rows.empty());
    data.set("tokens", rows);
    data.set("scopes", scope_options(words, view.chosen));
    data.set("typed", view.typed);
    data.set("why", view.why);
    data.set("longest", std::to_string(storage::longest_reason));
    if (!view.error.empty()) data.set("error", view.error);
    if (!view.why_error.empty()) data.set("why_error", view.why_error);
    if (!view.name_error.empty()) data.set("name_error", view.name_error);
    if (!view.scope_error.empty()) data.set("scope_error", view.scope_error);
    if (!view.token.empty()) {
        data.set("token", view.token);
        data.set("token_text", words.text("operator.tokens.token_text", {{"name", view.token_name}}));
    }
    return operator_page(request, *parts.renderer, actor,
                         {.title = words.text("operator.tokens.title"), .here = "tokens"},
                         web::operator_templates::tokens, data, view.status);
}

awaitable<Response> show_tokens(const Request& request, const Actor& actor, const Parts& parts,
                                TokensView view) {
    const auto load = [](storage::Transaction& tx) { return storage::load_tokens(tx); };
    const auto tokens = co_await parts.database.read(load);
    co_return render_tokens(request, actor, parts, view, tokens);
}

awaitable<Response> post_token(const Request& request, const Actor& actor, const Parts& parts) {
    const auto form = read_form(request);
    const auto& words = parts.renderer->words();
    TokensView view;
    view.typed = trimmed(form, "name");
    auto why = read_why(form, words);
    view.why = why.text;
    view.why_error = std::move(why.error);
    for (const auto scope : scopes)  // in our order, and none that we do not know
        if (std::any_of(form.begin(), form.end(),
                        [&](const auto& field) { return field.first == "scope" && field.second == scope; }))
            view.chosen.emplace_back(scope);
    if (!is_token_name(view.typed)) view.name_error = words.text("operator.tokens.name_rule");
    if (view.chosen.empty()) view.scope_error = words.text("operator.tokens.scope_rule");
    const auto is_good = [&] {
        return view.name_error.empty() && view.scope_error.empty() && view.why_error.empty();
    };
    const auto token = make_token();
    const auto now = parts.clock.now();
    const auto make = [&](storage::Transaction& tx) {
        return create_token(
            tx, actor.audit_name(),
            {.name = view.typed, .hash = hash_secret(token), .scopes = view.chosen, .made = now}, why.text,
            now);
    };
    if (is_good()) {
        const bool made = co_await parts.database.transact(make);
        if (!made) view.name_error = words.text("operator.tokens.taken");
    }
    if (is_good()) {
        view.token = token;
        view.token_name = std::exchange(view.typed, {});
        view.chosen.clear();
        view.why.clear();
    } else {
        view.status = 422;
    }
    co_return co_await show_tokens(request, actor, parts, std::move(view));
}

awaitable<Response> post_revoke(const Request& request, const Actor& actor, const Parts& parts) {
    const auto form = read_form(request);
    const auto name = trimmed(form, "name");
    auto why = read_why(form, parts.renderer->words());
    if (!why.error.empty()) {
        TokensView view;
        view.error = std::move(why.error);
        view.status = 422;
        co_return co_await show_tokens(request, actor, parts, std::move(view));
    }
    const auto now = parts.clock.now();
    const auto revoke = [&](storage::Transaction& tx) {
        revoke_token(tx, actor.audit_name(), name, why.text, now);
    };
    co_await parts.database.transact(revoke);
    co_return http::redirect(parts.renderer->site().path("/admin/tokens"));
}

}  // namespace

std::vector<GuardedRoute> token_routes(const Parts& parts) {
    const Rule admins{Role::admin, people_only};
    return {{Method::get, "/admin/tokens", admins,
             [parts](const Request& r, const Actor& a) { return show_tokens(r, a, parts, {}); }},
            {Method::post, "/admin/tokens", admins,
             [parts](const Request& r, const Actor& a) { return post_token(r, a, parts); }},
            {Method::post, "/admin/tokens/revoke", admins,
             [parts](const Request& r, const Actor& a) { return post_revoke(r, a, parts); }}};
}

}  // namespace outcry::operators
