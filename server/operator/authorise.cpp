// server/operator/authorise.cpp: Bearer tokens as RFC 6750 has them.
#include "server/operator/authorise.hpp"

#include "server/http/problem.hpp"
#include "server/operator/token.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Request;
using http::Response;

namespace {

Response unauthorized() {
    auto response =
        http::problem(401, "unauthorized", "This is for operators",
                      "Send Authorization: Bearer with a token in force; outcry token create makes one.");
    response.set("www-authenticate", "Bearer realm=\"outcry\"");
    response.set("cache-control", "no-store");
    return response;
}

Response forbidden(std::string_view scope) {
    auto response = http::problem(403, "forbidden", "This token may not do this",
                                  "It needs the scope " + std::string(scope) + ".");
    response.set("www-authenticate",
                 "Bearer realm=\"outcry\", error=\"insufficient_scope\", scope=\"" + std::string(scope) + "\"");
    response.set("cache-control", "no-store");
    return response;
}

awaitable<Response> let_through(const Request& request, storage::Database& database, std::string_view scope,
                                const http::Handler& handler) {
    const auto token = bearer_token(request.header("authorization"));
    if (!token) co_return unauthorized();
    const auto load = [](storage::Transaction& tx) { return storage::load_tokens(tx); };
    const auto tokens = co_await database.read(load);
    const auto* known = find_token(tokens, *token);
    if (!known) co_return unauthorized();
    if (!may(*known, scope)) co_return forbidden(scope);
    co_return co_await handler(request);
}

}  // namespace

http::Handler with_scope(storage::Database& database, std::string_view scope, http::Handler handler) {
    return [&database, scope, handler = std::move(handler)](const Request& request) {
        return let_through(request, database, scope, handler);
    };
}

}  // namespace outcry::operators
