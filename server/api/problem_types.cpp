// server/api/problem_types.cpp: GET /api/problems/{type}: what each type of problem means.
#include "server/api/problem_types.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/http/problem.hpp"

namespace outcry::api {

namespace {

struct Meaning {
    std::string_view type, text;
};

constexpr std::array<Meaning, 24> meanings{{
    {"bad-request",
     "The request breaks the rules of HTTP, or could be read in two ways. The connection is closed."},
    {"not-found", "Nothing lives at this address."},
    {"method-not-allowed",
     "The address exists, but not for this method. The Allow header names the methods it has."},
    {"unknown-service", "No service has this slug. GET /api/v1/services?q=… finds the known ones."},
    {"unknown-incident", "No incident has this id. GET /api/v1/incidents lists the known ones."},
    {"unknown-problem", "No problem of this type is ever answered here."},
    {"not-acceptable", "The Accept header excludes every form this address can answer in."},
    {"query", "A query parameter is unknown, repeated or out of range. 'errors' names each with the fix."},
    {"content-type", "The body is not of the type this address reads. The Accept-Post header names it."},
    {"too-large",
     "The body is larger than the address takes. 'detail' names the limit. Nothing of it was read."},
    {"unreadable", "The body is not valid JSON. 'errors' says where reading stopped."},
    {"validation",
     "The body can be read, but a field is unknown, of the wrong type or out of range. 'errors' names each."},
    {"unauthorized",
     "The address is for operators. Send Authorization: Bearer with a token that 'outcry token create' made."},
    {"forbidden",
     "The token is in force, but lacks the scope this needs. The WWW-Authenticate header names it."},
    {"csrf",
     "A change by the session of somebody who signed in did not come from a page of this site. Send "
     "X-CSRF-Token."},
    {"conflict", "What was asked for does not fit how things stand now, or has been done already."},
    {"precondition-required",
     "A change must name what it was made from. GET the address and send its ETag back as If-Match."},
    {"precondition-failed",
     "What holds now is not what If-Match names: somebody else was faster. Nothing was changed; 'current' and "
     "'yours' are both versions."},
    {"idempotency-key", "An Idempotency-Key is 1 to 255 visible ASCII characters; a UUIDv7 is best."},
    {"too-many-reports",
     "This network has sent more reports than are taken at a time. Retry-After says when to go on."},
    {"overload",
     "The server refuses some requests so that it can answer the others. Retry-After says when to come back."},
    {"unavailable",
     "The database cannot be reached. Nothing was lost that had been acknowledged. Please try again."},
    {"internal",
     "Something went wrong on our side. The log has the cause under the X-Request-Id of the answer."},
    {"error", "The request could not be answered."},
}};

}  // namespace

boost::asio::awaitable<http::Response> explain_problem(const http::Request& request) {
    const auto type = request.param("type");
    const auto found =
        std::find_if(meanings.begin(), meanings.end(), [&](const auto& m) { return m.type == type; });
    if (found == meanings.end()) {
        co_return http::problem(404, "unknown-problem", "No such type of problem");
    }
    auto response = http::content("text/plain; charset=utf-8", std::string(found->text) + "\n");
    response.set("cache-control", "public, max-age=86400");
    co_return response;
}

}  // namespace outcry::api
