// tests/unit/api/shared_answer_test.cpp: an answer is made once for each change of the data, and is open to
// all.
#include "server/api/shared_answer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>

#include "server/http/problem.hpp"

using namespace outcry;
using namespace outcry::api;
namespace asio = boost::asio;

namespace {

struct Fixture {
    std::uint64_t version = 1;
    int made = 0;
    http::Handler handler;

    explicit Fixture(std::size_t cache_bytes = 1 << 20)
        : handler(share(
              std::make_shared<http::AnswerCache>(cache_bytes), [this] { return version; },
              {"application/json"}, [this](const http::Request& request) { return make(request); })) {}

    asio::awaitable<http::Response> make(const http::Request& request) {
        ++made;
        if (request.target == "/missing") co_return http::problem(404, "x", "x");
        co_return http::content("application/json", request.target + " " + std::to_string(made));
    }
    http::Response ask(std::string target, std::string accept = "*/*") {
        http::Request request;
        request.target = std::move(target);
        request.headers = {{"accept", std::move(accept)}};
        asio::io_context io;
        auto answer = asio::co_spawn(io, handler(request), asio::use_future);
        io.run();
        return answer.get();
    }
};

}  // namespace

TEST_CASE("the same address is made once until the data moves on") {
    Fixture fixture;
    const auto first = fixture.ask("/a");
    CHECK(*first.body == "/a 1");
    const auto again = fixture.ask("/a");
    CHECK(again.body == first.body);
    CHECK(again.header("etag") == first.header("etag"));
    CHECK(*fixture.ask("/b").body == "/b 2");
    fixture.version = 2;
    CHECK(*fixture.ask("/a").body == "/a 3");
    CHECK(fixture.made == 3);
}

TEST_CASE("public answers may be cached and read by any origin") {
    Fixture fixture;
    const auto answer = fixture.ask("/a");
    CHECK(answer.header("cache-control") == "public, max-age=15, stale-while-revalidate=60");
    CHECK(answer.header("access-control-allow-origin") == "*");
    CHECK_FALSE(answer.header("etag").empty());
}

TEST_CASE("refusals are not kept") {
    Fixture fixture;
    CHECK(fixture.ask("/missing").status == 404);
    CHECK(fixture.ask("/missing").header("access-control-allow-origin") == "*");
    CHECK(fixture.made == 2);
}

TEST_CASE("who accepts nothing we have is told what we have") {
    Fixture fixture;
    CHECK(fixture.ask("/a", "text/html").status == 406);
    CHECK(fixture.made == 0);
}

TEST_CASE("a cache that is full starts afresh instead of growing") {
    Fixture fixture(2'000);
    for (int i = 0; i < 50; ++i) fixture.ask("/" + std::to_string(i));
    fixture.ask("/49");
    CHECK(fixture.made == 50);
    fixture.ask("/0");
    CHECK(fixture.made == 51);
}
