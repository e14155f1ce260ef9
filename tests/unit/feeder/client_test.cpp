// tests/unit/feeder/client_test.cpp: the sender against a real socket that answers, refuses, is busy and hangs
// up.
#include "server/feeder/client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>

#include "server/feeder/response_head.hpp"

using namespace outcry;
using namespace outcry::feeder;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::use_awaitable;

namespace {

constexpr const char* accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n{\"id\":\"x\"}";

/// A server that answers each request as `answer(number)` says; an empty answer hangs up.
struct Instance {
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
    std::function<std::string(int)> answer = [](int) { return accepted; };
    std::vector<std::string> requests;

    Instance() { asio::co_spawn(io, accept(), asio::detached); }

    asio::awaitable<void> accept() {
        for (;;) {
            auto socket = co_await acceptor.async_accept(use_awaitable);
            asio::co_spawn(io, serve(std::move(socket)), asio::detached);
        }
    }
    asio::awaitable<void> serve(asio::ip::tcp::socket socket) {
        std::string received;
        for (;;) {
            auto buffer = asio::dynamic_buffer(received);
            auto size = co_await asio::async_read_until(socket, buffer, "\r\n\r\n", use_awaitable);
            std::smatch length;
            const auto head = received.substr(0, size);
            std::regex_search(head, length, std::regex("Content-Length: ([0-9]+)"));
            size += std::stoul(length[1]);
            if (received.size() < size)
                co_await asio::async_read(socket, buffer, asio::transfer_exactly(size - received.size()),
                                          use_awaitable);
            requests.push_back(received.substr(0, size));
            received.erase(0, size);
            const auto text = answer(static_cast<int>(requests.size()));
            if (text.empty()) co_return;
            co_await asio::async_write(socket, asio::buffer(text), use_awaitable);
        }
    }

    FeedTotals feed_all(const Schedule& schedule, Time from, Time until, std::function<Time()> now,
                        std::stop_token stop = {}) {
        FeedTotals totals;
        auto run = [](Instance& self, const Schedule& what, Time begin, Time end, std::function<Time()> clock,
                      std::stop_token token, FeedTotals& result) -> asio::awaitable<void> {
            FeedOptions options;
            options.connections = 4;
            options.tell_every = 20ms;
            options.give_up = 5s;
            const Target target{"127.0.0.1", self.acceptor.local_endpoint().port(), "/base"};
            result = co_await feed(target, what, begin, end, std::move(clock), options, token, {});
            self.io.stop();
        };
        asio::co_spawn(io, run(*this, schedule, from, until, std::move(now), stop, totals), asio::detached);
        io.run();
        return totals;
    }
};

const Time noon = parse_time("2026-01-22T12:00:00Z");

Schedule ordinary_schedule() {
    Schedule schedule;
    schedule.keep_ordinary(schedule.add_service("gmail", {}), Ordinary(600, -3h, 7));
    return schedule;
}

std::size_t taps_in(const Schedule& schedule, Time from, Time until) {
    std::size_t count = 0;
    for (auto minute = minute_of(from); minute < until; minute += 1min)
        count += schedule.taps_of(minute).size();
    return count;
}

}  // namespace

TEST_CASE("every tap is one request, from an address of its own") {
    Instance instance;
    const auto schedule = ordinary_schedule();
    const auto totals = instance.feed_all(schedule, noon, noon + 5min, [] { return noon + 1h; });
    CHECK(totals.acknowledged == taps_in(schedule, noon, noon + 5min));
    CHECK(totals.acknowledged > 50);
    CHECK(totals.refused + totals.given_up + totals.tried_again == 0);
    REQUIRE(instance.requests.size() == totals.acknowledged);
    CHECK_THAT(instance.requests[0],
               Catch::StartsWith("POST /base/api/v1/services/gmail/reports HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK_THAT(instance.requests[0], Catch::EndsWith("\r\n\r\n{}"));
    std::set<std::string> addresses;
    for (const auto& request : instance.requests) {
        std::smatch address;
        REQUIRE(std::regex_search(request, address, std::regex("X-Forwarded-For: ([0-9.]+)\r\n")));
        addresses.insert(address[1]);
    }
    CHECK(addresses.size() == instance.requests.size());
}

TEST_CASE("nothing is sent before its time, and stopping ends an endless feed") {
    Instance instance;
    const auto schedule = ordinary_schedule();
    std::stop_source stop;
    int looks = 0;
    const auto now = [&] {
        if (++looks > 200) stop.request_stop();
        return noon + 90s;
    };
    const auto totals = instance.feed_all(schedule, noon, {}, now, stop.get_token());
    std::size_t due = 0;
    for (const auto& tap : schedule.taps_of(minute_of(noon))) due += tap.at <= noon + 90s ? 1 : 0;
    for (const auto& tap : schedule.taps_of(minute_of(noon) + 1min)) due += tap.at <= noon + 90s ? 1 : 0;
    CHECK(totals.acknowledged == due);
}

TEST_CASE("a busy instance and a lost connection are tried again, and in the end nothing is missing") {
    Instance instance;
    instance.answer = [](int number) -> std::string {
        if (number % 7 == 0)
            return "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        if (number % 5 == 0) return "";
        return accepted;
    };
    const auto schedule = ordinary_schedule();
    const auto totals = instance.feed_all(schedule, noon, noon + 1min, [] { return noon + 1h; });
    CHECK(totals.acknowledged == taps_in(schedule, noon, noon + 1min));
    CHECK(totals.tried_again > 0);
    CHECK(totals.given_up == 0);
    std::set<std::string> keys;
    for (const auto& request : instance.requests) {
        std::smatch key;
        REQUIRE(std::regex_search(request, key, std::regex("Idempotency-Key: ([0-9a-f-]{36})\r\n")));
        keys.insert(key[1]);
    }
    CHECK(keys.size() == totals.acknowledged);  // every try of one report had the same
}

TEST_CASE("a refusal is final and told") {
    Instance instance;
    instance.answer = [](int) { return "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"; };
    const auto schedule = ordinary_schedule();
    const auto totals = instance.feed_all(schedule, noon, noon + 1min, [] { return noon + 1h; });
    CHECK(totals.refused == taps_in(schedule, noon, noon + 1min));
    CHECK(totals.first_refusal == "404 {}");
}

TEST_CASE("the head of an answer is read, whatever the case of its names") {
    const auto head = parse_response_head(
        "HTTP/1.1 503 Busy\r\nCONTENT-length:  12\r\nconnection: Close\r\nRetry-After: 3\r\n\r\n");
    REQUIRE(head);
    CHECK(head->status == 503);
    CHECK(head->length == 12);
    CHECK(head->close);
    CHECK(head->retry_after == 3s);
    CHECK_FALSE(parse_response_head("HTTP/2 200\r\nContent-Length: 0\r\n\r\n"));
    CHECK_FALSE(parse_response_head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    CHECK_FALSE(parse_response_head("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"));
    CHECK_FALSE(parse_response_head("SSH-2.0-x\r\n\r\n"));
}

TEST_CASE("an instance is named by a plain http address") {
    const auto target = parse_target("http://example.org:8081/outcry/");
    CHECK(target.host == "example.org");
    CHECK(target.port == 8081);
    CHECK(target.base_path == "/outcry");
    CHECK(parse_target("http://localhost").port == 80);
    CHECK(parse_target("http://[::1]:8080").host == "::1");
    CHECK(parse_target("http://[::1]:8080").authority() == "[::1]:8080");
    for (const char* url : {"", "localhost:8080", "https://example.org", "http://", "http://a:0",
                            "http://a:99999", "http://a:8x", "http://me@a", "http://a/b?c"}) {
        CAPTURE(url);
        CHECK_THROWS_AS(parse_target(url), std::invalid_argument);
    }
}
