// tests/unit/http/router_test.cpp: what falls out of a table of routes.
#include "server/http/router.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "server/http/problem.hpp"

using namespace outcry::http;
namespace asio = boost::asio;

namespace {

Handler says(std::string text) {
    return [text = std::move(text)](const Request& request) -> asio::awaitable<Response> {
        auto body = text;
        for (const auto& [name, value] : request.params)
            body.append(" ").append(name).append("=").append(value);
        co_return content("text/plain", body);
    };
}

Response error_page(unsigned status, const Request&) {
    return problem(status, "error", "error page");
}

Response translate(std::exception_ptr thrown, const Request&) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::runtime_error&) {
        return problem(503, "unavailable", "come back later");
    }
}

Router make_router(std::string base_path = "") {
    std::vector<Route> routes;
    routes.push_back({Method::get, "/", says("home")});
    routes.push_back({Method::get, "/s/{slug}", says("service")});
    routes.push_back({Method::get, "/s/all", says("all")});
    routes.push_back({Method::post, "/s/{slug}/report", says("report")});
    routes.push_back({Method::get, "/static/{path*}", says("file")});
    routes.push_back({Method::get, "/lost", [](const Request&) -> asio::awaitable<Response> {
                          throw std::runtime_error("database");
                          co_return Response{};
                      }});
    routes.push_back({Method::get, "/odd", [](const Request&) -> asio::awaitable<Response> {
                          throw 42;
                          co_return Response{};
                      }});
    return {std::move(routes), translate, error_page, std::move(base_path)};
}

Response ask(const Router& router, Method method, std::string target, Fields headers = {}) {
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.headers = std::move(headers);
    asio::io_context io;
    auto answer = asio::co_spawn(io, router.handle(std::move(request)), asio::use_future);
    io.run();
    return answer.get();
}

std::string body_of(const Response& response) {
    return response.body ? *response.body : "";
}

}  // namespace

TEST_CASE("a path finds its route and its names") {
    const auto router = make_router();
    CHECK(body_of(ask(router, Method::get, "/")) == "home");
    CHECK(body_of(ask(router, Method::get, "/s/acme?x=1")) == "service slug=acme");
    CHECK(body_of(ask(router, Method::get, "/s/a%20b")) == "service slug=a b");
    CHECK(body_of(ask(router, Method::get, "/static/a/b.css")) == "file path=a/b.css");
    CHECK(body_of(ask(router, Method::post, "/s/acme/report")) == "report slug=acme");
}

TEST_CASE("a literal segment wins over a name, in whatever order the routes stand") {
    CHECK(body_of(ask(make_router(), Method::get, "/s/all")) == "all");
}

TEST_CASE("what no route matches is 404, a broken escape 400") {
    const auto router = make_router();
    for (const auto* target : {"/nope", "/s", "/s/", "/s/a/b", "/static/", "/static", "//", "/s/a/"}) {
        INFO(target);
        CHECK(ask(router, Method::get, target).status == 404);
    }
    for (const auto* target : {"/s/%", "/s/%zz", "/s/%00", "/s/%ff", "/s/a?b=%c3", "/s/a#b"}) {
        INFO(target);
        CHECK(ask(router, Method::get, target).status == 400);
    }
}

TEST_CASE("a known path with another method is 405 and names the methods") {
    const auto router = make_router();
    const auto wrong = ask(router, Method::post, "/s/acme");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("allow") == "GET, HEAD, OPTIONS");
    CHECK(ask(router, Method::get, "/s/acme/report").header("allow") == "OPTIONS, POST");
    const auto options = ask(router, Method::options, "/s/acme/report");
    CHECK(options.status == 204);
    CHECK(options.header("allow") == "OPTIONS, POST");
    CHECK(ask(router, Method::options, "*").status == 204);
    CHECK(ask(router, Method::options, "/nope").status == 404);
}

TEST_CASE("HEAD is answered as GET") {
    CHECK(ask(make_router(), Method::head, "/s/acme").status == 200);
}

TEST_CASE("an entity tag comes from the body, and If-None-Match answers 304") {
    const auto router = make_router();
    const auto first = ask(router, Method::get, "/s/acme");
    const auto etag = std::string(first.header("etag"));
    REQUIRE_FALSE(etag.empty());
    const auto second = ask(router, Method::get, "/s/acme", {{"if-none-match", "\"other\", W/" + etag}});
    CHECK(second.status == 304);
    CHECK_FALSE(second.body);
    CHECK(second.header("etag") == etag);
    CHECK(second.header("content-type").empty());
    CHECK(ask(router, Method::get, "/s/other", {{"if-none-match", etag}}).status == 200);
    CHECK(ask(router, Method::get, "/nope").header("etag").empty());
    CHECK(ask(router, Method::post, "/s/acme/report").header("etag").empty());
}

TEST_CASE("a base path is taken off, and nothing outside it exists") {
    const auto router = make_router("/outcry/");
    CHECK(body_of(ask(router, Method::get, "/outcry")) == "home");
    CHECK(body_of(ask(router, Method::get, "/outcry/s/acme")) == "service slug=acme");
    CHECK(ask(router, Method::get, "/s/acme").status == 404);
    CHECK(ask(router, Method::get, "/outcryx/s/acme").status == 404);
    CHECK(body_of(ask(router, Method::get, "/outcry/nope")).find(R"("type":"/outcry/api/problems/error")") !=
          std::string::npos);
}

TEST_CASE("what a handler throws becomes an answer, whatever it is") {
    const auto router = make_router();
    CHECK(ask(router, Method::get, "/lost").status == 503);
    CHECK(ask(router, Method::get, "/odd").status == 500);
}

TEST_CASE("every answer has an id of its own") {
    const auto router = make_router();
    const auto one = ask(router, Method::get, "/"), two = ask(router, Method::get, "/nope");
    CHECK(one.header("x-request-id").size() == 16);
    CHECK(one.header("x-request-id") != two.header("x-request-id"));
}
