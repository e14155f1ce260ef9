// tests/unit/http/wire_test.cpp: negotiation, targets, response heads, problems and files, each as a pure
// function.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>

#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"
#include "server/http/response_head.hpp"
#include "server/http/static_files.hpp"
#include "server/http/target.hpp"

using namespace outcry::http;
namespace asio = boost::asio;

TEST_CASE("a media type is compared without its parameters and case") {
    CHECK(media_type("Application/JSON; charset=utf-8") == "application/json");
    CHECK(media_type("") == "");
}

TEST_CASE("the most specific range of Accept decides") {
    CHECK(accepts("", "application/json"));
    CHECK(accepts("*/*", "application/json"));
    CHECK(accepts("text/html, application/*;q=0.1", "application/json"));
    CHECK_FALSE(accepts("text/html", "application/json"));
    CHECK_FALSE(accepts("application/json;q=0, */*", "application/json"));
    CHECK(preference("text/html;q=0.8, */*;q=0.25", "text/html") == 800);
    CHECK(preference("text/html;q=0.8, */*;q=0.25", "text/csv") == 250);
}

TEST_CASE("codings are taken only when they are named") {
    CHECK(accepts_encoding("gzip, deflate, br", "br"));
    CHECK_FALSE(accepts_encoding("gzip, br;q=0", "br"));
    CHECK_FALSE(accepts_encoding("", "gzip"));
}

TEST_CASE("percent-encoding is undone in path and query") {
    const auto target = parse_target("/a%20b?x=1&y=a+b%26&flag&&x=2");
    REQUIRE(target);
    CHECK(target->path == "/a b");
    CHECK(target->query == Fields{{"x", "1"}, {"y", "a b&"}, {"flag", ""}, {"x", "2"}});
    CHECK_FALSE(parse_target("/%c0%af"));
    CHECK_FALSE(parse_target("/%ed%a0%80"));
    CHECK(percent_encode("a b/ü") == "a%20b%2F%C3%BC");
}

TEST_CASE("a head carries the security headers unless the response has its own") {
    std::string head;
    write_head(head, content("text/plain", "hello"), true);
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.find("content-length: 5\r\n") != std::string::npos);
    CHECK(head.find("frame-ancestors 'none'\r\n") != std::string::npos);
    CHECK(head.find("x-content-type-options: nosniff\r\n") != std::string::npos);
    CHECK(head.ends_with("\r\n\r\n"));
    auto embed = content("text/html", "");
    embed.set("content-security-policy", "frame-ancestors *");
    write_head(head, embed, false);
    CHECK(head.find("'none'") == std::string::npos);
    CHECK(head.find("connection: close\r\n") != std::string::npos);
}

TEST_CASE("a value with a line end in it is left out of the head") {
    auto response = redirect("/a\r\nset-cookie: x=1");
    std::string head;
    write_head(head, response, true);
    CHECK(head.find("set-cookie") == std::string::npos);
}

TEST_CASE("a problem names its type, its status and each field") {
    const auto response =
        problem(422, "validation", "Please check", "One field is wrong.", {{"/region", "No such region."}});
    CHECK(response.status == 422);
    CHECK(response.header("content-type") == "application/problem+json");
    CHECK(*response.body ==
          R"({"type":"/api/problems/validation","title":"Please check","status":422,)"
          R"("detail":"One field is wrong.","errors":[{"pointer":"/region","detail":"No such region."}]})");
}

TEST_CASE("a problem that quotes bad UTF-8 is still a problem") {
    CHECK(problem(400, "x", "t", "\xff\xfe").body->find("\xef\xbf\xbd") != std::string::npos);
}

namespace {

Response fetch(const Handler& handler, std::string path, Fields headers = {}) {
    Request request;
    request.params = {{"path", std::move(path)}};
    request.headers = std::move(headers);
    asio::io_context io;
    auto answer = asio::co_spawn(io, handler(request), asio::use_future);
    io.run();
    return answer.get();
}

}  // namespace

TEST_CASE("files are served by name, compressed for those who take it, and hashed names for ever") {
    const auto handler =
        serve_files({{"app-3f9a1c20.js", "plain"}, {"app-3f9a1c20.js.br", "small"}, {"icon.svg", "<svg/>"}},
                    [](const Request&) { return problem(404, "not-found", "no such file"); });
    const auto plain = fetch(handler, "app-3f9a1c20.js");
    CHECK(*plain.body == "plain");
    CHECK(plain.header("cache-control") == "public, max-age=31536000, immutable");
    CHECK(plain.header("content-type") == "text/javascript; charset=utf-8");
    CHECK(plain.header("vary") == "accept-encoding");
    const auto small = fetch(handler, "app-3f9a1c20.js", {{"accept-encoding", "gzip, br"}});
    CHECK(*small.body == "small");
    CHECK(small.header("content-encoding") == "br");
    CHECK(small.header("etag") != plain.header("etag"));
    CHECK(fetch(handler, "icon.svg").header("cache-control") == "public, max-age=3600");
    for (const auto* path : {"../CMakeLists.txt", "app-3f9a1c20.js.br", "", "icon.svg/"})
        CHECK(fetch(handler, path).status == 404);
}
