// tests/unit/pages/shelf_test.cpp: a page is made once for each address, encoding and version of the data.
#include "server/pages/shelf.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>

#include "server/http/negotiation.hpp"

using namespace outcry;
using namespace outcry::pages;

namespace {

struct Kitchen {
    std::uint64_t version = 1;
    int made = 0;
    unsigned status = 200;
    std::string caching;
    std::shared_ptr<http::AnswerCache> shelf;
    http::Handler serve;

    explicit Kitchen(std::size_t most_bytes = 10'000) : shelf(std::make_shared<http::AnswerCache>(most_bytes)) {
        serve = shelved(
            shelf, [this] { return version; },
            [this](const http::Request& request) -> boost::asio::awaitable<http::Response> {
                ++made;
                auto page = http::content("text/html", request.target + " v" + std::to_string(version), status);
                if (!caching.empty()) page.set("cache-control", caching);
                co_return page;
            });
    }

    std::string order(std::string target, std::string encoding = "", const std::string& host = "") {
        http::Request request;
        request.target = std::move(target);
        if (!encoding.empty()) request.headers = {{"accept-encoding", encoding}};
        if (!host.empty()) request.headers.emplace_back("host", host);
        boost::asio::io_context context;
        auto answer = boost::asio::co_spawn(context, serve(request), boost::asio::use_future);
        context.run();
        return *answer.get().body;
    }
};

}  // namespace

TEST_CASE("the same page is made once, until the data moves on") {
    Kitchen kitchen;
    CHECK(kitchen.order("/") == "/ v1");
    CHECK(kitchen.order("/") == "/ v1");
    CHECK(kitchen.made == 1);
    kitchen.version = 2;
    CHECK(kitchen.order("/") == "/ v2");
    CHECK(kitchen.made == 2);
}

TEST_CASE("addresses and encodings are kept apart") {
    Kitchen kitchen;
    kitchen.order("/");
    kitchen.order("/?q=a");
    kitchen.order("/", "gzip");
    CHECK(kitchen.made == 3);
    kitchen.order("/", "br, gzip");
    CHECK(kitchen.made == 3);
}

TEST_CASE("nobody is sent to the host that another asked for") {
    Kitchen kitchen;
    kitchen.order("/", "", "honest.example");
    kitchen.order("/", "", "other.example");
    CHECK(kitchen.made == 2);
}

TEST_CASE("a kept page has its entity tag, so that it is hashed once") {
    Kitchen kitchen;
    kitchen.order("/");
    CHECK(kitchen.shelf->find("p /", 1)->header("etag") == http::entity_tag("/ v1"));
}

TEST_CASE("what is no success is made again") {
    Kitchen kitchen;
    kitchen.status = 404;
    kitchen.order("/");
    kitchen.order("/");
    CHECK(kitchen.made == 2);
}

TEST_CASE("a page made without the database is not kept") {
    Kitchen kitchen;
    kitchen.caching = "no-store";
    kitchen.order("/");
    kitchen.order("/");
    CHECK(kitchen.made == 2);
}

TEST_CASE("whoever fills the shelf with odd addresses keeps no honest page out") {
    Kitchen kitchen(1200);  // two small pages
    for (const auto* odd : {"/?x=1", "/?x=2", "/?x=3"}) kitchen.order(odd);
    kitchen.order("/");
    kitchen.made = 0;
    kitchen.order("/");
    CHECK(kitchen.made == 0);
}

TEST_CASE("a late page of old data does not displace a new one") {
    Kitchen kitchen;
    kitchen.shelf->keep("p /", 5, http::content("text/html", "new"));
    kitchen.shelf->keep("p /", 4, http::content("text/html", "old"));
    REQUIRE(kitchen.shelf->find("p /", 5));
    CHECK(*kitchen.shelf->find("p /", 5)->body == "new");
    CHECK_FALSE(kitchen.shelf->find("p /", 4));
}
