// server/http/problem.cpp: the one maker of application/problem+json (RFC 9457).
#include "server/http/problem.hpp"

#include <nlohmann/json.hpp>

namespace outcry::http {

Response problem(unsigned status, std::string type, std::string title, std::string detail,
                 std::vector<FieldError> errors, const std::string& members) {
    auto body = nlohmann::ordered_json{
        {"type", "/api/problems/" + type}, {"title", std::move(title)}, {"status", status}};
    if (!detail.empty()) body["detail"] = std::move(detail);
    for (auto& error : errors) {
        body["errors"].push_back({{"pointer", std::move(error.pointer)}, {"detail", std::move(error.detail)}});
    }
    if (!members.empty()) body.update(nlohmann::ordered_json::parse(members));
    // Parts of what a client sent may be quoted here; bytes that are no UTF-8 must not make the answer fail.
    auto text = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    auto response = content("application/problem+json", std::move(text), status);
    response.set("cache-control", "no-store");
    return response;
}

}  // namespace outcry::http
