// server/operator/body.cpp: see the header.
#include "server/operator/body.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/http/negotiation.hpp"

namespace outcry::operators {

using http::FieldError;
using http::problem;
using http::Response;
using nlohmann::json;

namespace {

std::string list_of(const std::vector<std::string_view>& words) {
    std::string list;
    for (const auto word : words) list.append(list.empty() ? "" : ", ").append(word);
    return list;
}

bool is_json(const http::Request& request) {
    return http::media_type(request.header("content-type")) == "application/json";
}

Response not_json() {
    auto response =
        problem(415, "content-type", "This is not JSON", "Send JSON with Content-Type: application/json.");
    response.set("accept-post", "application/json");
    return response;
}

}  // namespace

http::Response answer(const json& body, unsigned status) {
    return http::content("application/json", body.dump(-1, ' ', false, json::error_handler_t::replace), status);
}

std::string pointer_to(const std::string& parent, const std::string& key) {
    std::string pointer = parent + "/";
    for (const char c : key) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return pointer;
}

std::optional<Response> refuse_query(const http::Request& request, const std::vector<std::string_view>& known) {
    const auto fix = known.empty() ? "This address takes no parameters."
                                   : "This parameter is not known here. Known are: " + list_of(known) + ".";
    std::vector<FieldError> errors;
    std::vector<std::string_view> seen;
    for (const auto& [name, value] : request.query) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            errors.push_back({"?" + name, fix});
        else if (std::find(seen.begin(), seen.end(), name) != seen.end())
            errors.push_back({"?" + name, "Give this parameter once."});
        seen.push_back(name);
    }
    if (errors.empty()) return std::nullopt;
    return problem(400, "query", "The query parameters do not fit", {}, std::move(errors));
}

std::optional<Response> refuse_content_type(const http::Request& request) {
    if (request.body.empty() || is_json(request)) return std::nullopt;
    return not_json();
}

std::optional<Response> refuse_body(const http::Request& request, json& body) {
    if (!is_json(request)) return not_json();
    body = json::parse(request.body, nullptr, false);
    if (body.is_discarded())
        return problem(400, "unreadable", "The body cannot be read", "The body is not valid JSON.");
    if (!body.is_object())
        return problem(422, "validation", "The body cannot be used as it is", {}, {{"", "Give an object."}});
    return std::nullopt;
}

void refuse_unknown(const json& body, std::vector<std::string_view> known, std::vector<FieldError>& errors) {
    const auto names = list_of(known);
    for (const auto& [name, value] : body.items())
        if (std::find(known.begin(), known.end(), name) == known.end())
            errors.push_back({pointer_to("", name), "There is no such field; known are " + names + "."});
}

std::string text_field(const json& body, const std::string& name, bool required, std::size_t most,
                       std::vector<FieldError>& errors) {
    const auto found = body.find(name);
    std::string text;
    if (found != body.end() && found->is_string()) text = found->get<std::string>();
    const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (found != body.end() && !found->is_string())
        errors.push_back({pointer_to("", name), "Give a text."});
    else if (required && blank)
        errors.push_back({pointer_to("", name), "It is missing; say it in a few words."});
    else if (text.size() > most)
        errors.push_back({pointer_to("", name), "It is longer than " + std::to_string(most) + " bytes."});
    return text;
}

std::optional<IfMatch> if_match(const http::Request& request) {
    const auto text = request.header("if-match");
    if (text.empty()) return std::nullopt;
    if (text == "*") return IfMatch{.any = true, .etag = {}};
    return IfMatch{.any = false, .etag = std::string(text)};
}

Response precondition_required() {
    return problem(
        428, "precondition-required", "If-Match is missing",
        "GET this address first and send its ETag back as If-Match, so that nobody's change is lost.");
}

}  // namespace outcry::operators
