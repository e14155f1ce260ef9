// server/http/router.cpp: a table of routes, from which 404, 405, HEAD and OPTIONS fall out; and the one catch.
#include "server/http/router.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <cstdio>
#include <random>

#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"
#include "server/http/target.hpp"

namespace outcry::http {

struct Router::Pattern {
    enum class Kind { literal, name, rest };
    struct Segment {
        Kind kind;
        std::string text;
    };
    std::size_t route;
    std::vector<Segment> segments;

    Pattern(std::size_t index, std::string_view pattern);
    /// Fills `params` when the path fits.
    bool fits(std::string_view path, Fields& params) const;
    bool is_more_specific(const Pattern& other) const;
};

namespace {

std::string_view take_segment(std::string_view& path) {
    if (!path.empty()) path.remove_prefix(1);  // the slash
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

std::string make_request_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::array<char, 17> text;
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(random()));
    return {text.data(), 16};
}

void add_etag(const Request& request, Response& response) {
    const bool read = request.method == Method::get || request.method == Method::head;
    if (!read || response.status != 200 || response.stream) return;
    if (response.header("etag").empty()) {
        if (!response.body || response.header("cache-control").find("no-store") != std::string_view::npos)
            return;
        response.set("etag", entity_tag(*response.body));
    }
    if (!names_etag(request.header("if-none-match"), response.header("etag"))) return;
    response.status = 304;
    response.body.reset();
    std::erase_if(response.headers, [](const auto& field) { return field.first == "content-type"; });
}

/// A problem's type is an address of ours, so it lives under the base path like every other.
void add_base_path(const std::string& base_path, Response& response) {
    if (base_path.empty() || !response.body || response.header("content-type") != "application/problem+json")
        return;
    constexpr std::string_view start = R"({"type":")";
    if (!response.body->starts_with(std::string(start) + "/api/")) return;
    auto body = *response.body;
    body.insert(start.size(), base_path);
    response.body = std::make_shared<const std::string>(std::move(body));
}

Response too_large(std::size_t most) {
    return problem(413, "too-large", "The body is too large",
                   "This address takes up to " + std::to_string(most / 1024) + " kB.");
}

Response plain_failure() {
    return problem(500, "internal", "Something went wrong on our side", "Please try again in a minute.");
}

}  // namespace

Router::Pattern::Pattern(std::size_t index, std::string_view pattern) : route(index) {
    while (!pattern.empty()) {
        const auto text = take_segment(pattern);
        const bool named = text.size() > 2 && text.front() == '{' && text.back() == '}';
        if (!named) {
            segments.push_back({Kind::literal, std::string(text)});
        } else if (text[text.size() - 2] == '*') {
            segments.push_back({Kind::rest, std::string(text.substr(1, text.size() - 3))});
        } else {
            segments.push_back({Kind::name, std::string(text.substr(1, text.size() - 2))});
        }
    }
}

bool Router::Pattern::fits(std::string_view path, Fields& params) const {
    params.clear();
    for (const auto& segment : segments) {
        if (path.empty()) return false;
        if (segment.kind == Kind::rest) {
            params.emplace_back(segment.text, path.substr(1));
            return path.size() > 1;
        }
        const auto part = take_segment(path);
        if (segment.kind == Kind::literal && part != segment.text) return false;
        if (segment.kind == Kind::name) {
            if (part.empty()) return false;
            params.emplace_back(segment.text, part);
        }
    }
    return path.empty();
}

bool Router::Pattern::is_more_specific(const Pattern& other) const {
    return std::lexicographical_compare(segments.begin(), segments.end(), other.segments.begin(),
                                        other.segments.end(),
                                        [](const auto& a, const auto& b) { return a.kind < b.kind; });
}

Router::Router(std::vector<Route> routes, ExceptionTranslator translate, ErrorPage error_page,
               std::string base_path, Finish finish)
    : routes_(std::move(routes)),
      translate_(std::move(translate)),
      error_page_(std::move(error_page)),
      base_path_(std::move(base_path)),
      finish_(std::move(finish)) {
    while (!base_path_.empty() && base_path_.back() == '/') base_path_.pop_back();
    for (std::size_t i = 0; i < routes_.size(); ++i) patterns_.emplace_back(i, routes_[i].pattern);
    std::stable_sort(patterns_.begin(), patterns_.end(),
                     [](const auto& a, const auto& b) { return a.is_more_specific(b); });
}

Router::~Router() = default;

const Route* Router::match(Request& request) const {
    const auto wanted = request.method == Method::head ? Method::get : request.method;
    for (const auto& pattern : patterns_) {
        const auto& route = routes_[pattern.route];
        if (route.method == wanted && pattern.fits(request.path, request.params)) return &route;
    }
    return nullptr;
}

std::string Router::allowed_methods(const Request& request) const {
    std::vector<std::string_view> names;
    Fields ignored;
    for (const auto& pattern : patterns_) {
        if (!pattern.fits(request.path, ignored)) continue;
        const auto method = routes_[pattern.route].method;
        names.push_back(to_string(method));
        if (method == Method::get) names.push_back("HEAD");
    }
    if (!names.empty()) names.push_back("OPTIONS");
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string list;
    for (const auto name : names) list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

boost::asio::awaitable<Response> Router::handle(Request request) const {
    request.id = make_request_id();
    std::exception_ptr thrown;
    Response response;
    try {
        response = co_await answer(request);
        add_etag(request, response);
    } catch (...) {
        thrown = std::current_exception();
    }
    if (thrown) response = translate(thrown, request);
    co_return complete(std::move(request), std::move(response));
}

boost::asio::awaitable<std::optional<Response>> Router::refuse_body(Request request,
                                                                    std::uint64_t length) const {
    if (length <= usual_body_bytes) co_return std::nullopt;
    request.id = make_request_id();
    std::exception_ptr thrown;
    std::optional<Response> refusal;
    try {
        const auto* route = read_target(request) ? nullptr : match(request);
        const auto most = route && route->body.admit ? route->body.most : usual_body_bytes;
        if (length <= most)
            refusal = co_await route->body.admit(request);
        else
            refusal = route && route->body.too_large ? route->body.too_large(request) : too_large(most);
    } catch (...) {
        thrown = std::current_exception();
    }
    if (thrown) refusal = translate(thrown, request);
    if (refusal) refusal = complete(std::move(request), std::move(*refusal));
    co_return refusal;
}

Response Router::translate(std::exception_ptr thrown, const Request& request) const {
    try {
        return translate_(std::move(thrown), request);
    } catch (...) {
        return plain_failure();
    }
}

Response Router::complete(Request request, Response response) const {
    if (request.id.empty()) request.id = make_request_id();
    add_base_path(base_path_, response);
    if (finish_) finish_(request, response);
    response.set("x-request-id", std::move(request.id));
    return response;
}

/// Fills path and query; otherwise the status to refuse it with.
std::optional<unsigned> Router::read_target(Request& request) const {
    auto target = parse_target(request.target);
    if (!target) return 400;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    if (base_path_.empty()) return std::nullopt;
    const bool inside = request.path.starts_with(base_path_) &&
                        (request.path.size() == base_path_.size() || request.path[base_path_.size()] == '/');
    if (!inside) return 404;
    request.path.erase(0, base_path_.size());
    if (request.path.empty()) request.path = "/";
    return std::nullopt;
}

boost::asio::awaitable<Response> Router::answer(Request& request) const {
    if (const auto refused = read_target(request)) co_return error_page_(*refused, request);
    if (const auto* route = match(request)) co_return co_await route->handler(request);
    auto allow = allowed_methods(request);
    const bool asks_for_options = request.method == Method::options;
    if (allow.empty() && !(asks_for_options && request.path == "*")) co_return error_page_(404, request);
    Response response;
    if (asks_for_options) {
        response.status = 204;
    } else {
        response = error_page_(405, request);
    }
    if (!allow.empty()) response.set("allow", std::move(allow));
    co_return response;
}

}  // namespace outcry::http
