// server/http/router.hpp: a table of routes, from which 404, 405, HEAD and OPTIONS fall out.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/http/message.hpp"

namespace outcry::http {

/// What an address takes as a body unless its route says otherwise.
inline constexpr std::size_t usual_body_bytes = 64 * 1024;

/// What a route takes as a body; decided by the head, before a byte of the body is read.
struct BodyRule {
    std::size_t most = usual_body_bytes;
    /// Answers who sends more; without it, a problem.
    std::function<Response(const Request&)> too_large{};
    /// Whether this head may bring a body above the usual size: nothing when it may, else the refusal. Without
    /// it, nobody's may.
    std::function<boost::asio::awaitable<std::optional<Response>>(const Request&)> admit{};
};

struct Route {
    Method method;
    std::string
        pattern;  // "/s/{slug}", "/static/{path*}" (the rest of the path); a literal segment wins over a name
    Handler handler;
    BodyRule body{};
};

/// Turns what a handler throws into a response; given by the app, which knows what "database down" is.
using ExceptionTranslator = std::function<Response(std::exception_ptr, const Request&)>;
/// The last word on every response, whatever made it.
using Finish = std::function<void(const Request&, Response&)>;
/// Makes the page or problem for 404 and 405, so that people and programs each get their own.
using ErrorPage = std::function<Response(unsigned status, const Request&)>;

class Router {
 public:
    Router(std::vector<Route> routes, ExceptionTranslator, ErrorPage, std::string base_path = "",
           Finish finish = {});
    ~Router();
    /// Never throws. Fills path, query, params and id from `target`; sets X-Request-Id and ETag, answers HEAD
    /// by GET (the body is left for the session to drop), If-None-Match by 304, OPTIONS and 405 with Allow.
    boost::asio::awaitable<Response> handle(Request) const;
    /// Looks at a request whose body has not been read. Nothing: read it. Otherwise the answer, complete: the
    /// body is larger than its route takes, or comes from who may not send one of this size. Never throws.
    boost::asio::awaitable<std::optional<Response>> refuse_body(Request, std::uint64_t length) const;
    /// What every answer has, for one that no route made: X-Request-Id, our addresses under the base path.
    Response complete(Request, Response) const;
    const std::vector<Route>& routes() const { return routes_; }

 private:
    struct Pattern;  // a route's pattern, cut into segments once
    std::optional<unsigned> read_target(Request&) const;
    const Route* match(Request&) const;
    std::string allowed_methods(const Request&) const;
    boost::asio::awaitable<Response> answer(Request&) const;
    Response translate(std::exception_ptr, const Request&) const;

    std::vector<Route> routes_;
    std::vector<Pattern> patterns_;  // the most specific first
    ExceptionTranslator translate_;
    ErrorPage error_page_;
    std::string base_path_;
    Finish finish_;
};

}  // namespace outcry::http
