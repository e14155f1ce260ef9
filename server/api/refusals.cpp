// server/api/refusals.cpp: the problems that more than one address of the API answers with.
#include "server/api/refusals.hpp"

#include "server/http/problem.hpp"

namespace outcry::api {

namespace {

/// What a client sent, short enough to be quoted.
std::string quote(std::string_view text) {
    constexpr std::size_t most = 64;
    auto cut = std::min(text.size(), most);
    while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
    return "'" + std::string(text.substr(0, cut)) + (cut < text.size() ? "…'" : "'");
}

}  // namespace

http::Response unknown_service(std::string_view slug) {
    return http::problem(
        404, "unknown-service", "No such service",
        "There is no service " + quote(slug) + " here. GET /api/v1/services?q=… finds the known ones.");
}

http::Response unknown_incident(std::string_view id) {
    return http::problem(
        404, "unknown-incident", "No such incident",
        "There is no incident " + quote(id) + " here. GET /api/v1/incidents lists the known ones.");
}

http::Response not_acceptable(std::string_view offered) {
    return http::problem(
        406, "not-acceptable", "Not in the form that was asked for",
        "This address answers with " + std::string(offered) + "; the Accept header excludes it.");
}

http::Response overloaded(std::string_view detail, std::chrono::seconds retry_after) {
    auto response = http::problem(503, "overload", "Too busy at the moment", std::string(detail));
    response.set("retry-after", std::to_string(retry_after.count()));
    return response;
}

}  // namespace outcry::api
