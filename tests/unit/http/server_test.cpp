// tests/unit/http/server_test.cpp: real sockets against a real server: framing, limits, streams, stopping.
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <future>
#include <system_error>
#include <thread>

#include "server/http/listener.hpp"
#include "server/http/problem.hpp"
#include "tests/unit/http/raw_client.hpp"

using namespace outcry::http;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

/// Frames until it has given `count`, then silence until it is told to stop.
class Ticks : public FrameSource {
 public:
    explicit Ticks(int count) : left_(count) {}
    asio::awaitable<std::shared_ptr<const std::string>> next() override {
        if (left_-- > 0) co_return std::make_shared<const std::string>("data: tick\n\n");
        asio::steady_timer silence(co_await asio::this_coro::executor, 1h);
        co_await silence.async_wait(asio::use_awaitable);
        co_return nullptr;
    }

 private:
    int left_;
};

/// Whoever says who they are may send a megabyte.
BodyRule large_for_known() {
    return {.most = 1024 * 1024, .admit = [](const Request& r) -> asio::awaitable<std::optional<Response>> {
                if (!r.header("authorization").empty()) co_return std::nullopt;
                co_return problem(401, "who", "who are you?");
            }};
}

std::shared_ptr<const Router> make_router(const std::string& base_path = "") {
    std::vector<Route> routes;
    routes.push_back({Method::get, "/", [](const Request& r) -> asio::awaitable<Response> {
                          co_return content("text/plain", "from " + r.client.to_string());
                      }});
    routes.push_back({Method::post, "/echo", [](const Request& r) -> asio::awaitable<Response> {
                          co_return content("text/plain", r.body);
                      }});
    routes.push_back({Method::get, "/slow", [](const Request&) -> asio::awaitable<Response> {
                          asio::steady_timer timer(co_await asio::this_coro::executor, 200ms);
                          co_await timer.async_wait(asio::use_awaitable);
                          co_return content("text/plain", "at last");
                      }});
    routes.push_back({Method::get, "/ticks", [](const Request&) -> asio::awaitable<Response> {
                          Response response;
                          response.stream = std::make_unique<Ticks>(3);
                          co_return response;
                      }});
    routes.push_back({Method::put, "/large",
                      [](const Request& r) -> asio::awaitable<Response> {
                          co_return content("text/plain", std::to_string(r.body.size()));
                      },
                      large_for_known()});
    return std::make_shared<Router>(
        std::move(routes), [](std::exception_ptr, const Request&) { return problem(500, "x", "x"); },
        [](unsigned status, const Request&) { return problem(status, "x", "x"); }, base_path);
}

struct Running {
    asio::io_context io;
    asio::executor_work_guard<asio::io_context::executor_type> until_stopped{io.get_executor()};
    Server server;
    std::thread thread;

    explicit Running(ServerOptions options = {}, const std::string& base_path = "")
        : server(io.get_executor(), with_free_port(std::move(options)), make_router(base_path)) {
        server.start();
        thread = std::thread([this] { io.run(); });
    }
    ~Running() {
        if (until_stopped.owns_work()) stop(1s);
        until_stopped.reset();
        thread.join();
    }
    void stop(std::chrono::milliseconds grace) {
        asio::co_spawn(io, server.stop(grace), asio::use_future).get();
    }
    RawClient connect() { return RawClient(server.port()); }

    static ServerOptions with_free_port(ServerOptions options) {
        options.port = 0;
        return options;
    }
};

}  // namespace

TEST_CASE("a connection is kept, and pipelined requests are answered in order") {
    Running running;
    auto client = running.connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET /nope HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo");
    CHECK(client.receive().body == "one");
    CHECK(client.receive().status == 404);
    const auto last = client.receive();
    CHECK(last.body == "two");
    CHECK(last.head.find("connection: keep-alive") != std::string::npos);
}

TEST_CASE("HEAD has the length of the body and no body") {
    Running running;
    auto client = running.connect();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.receive_head();
    CHECK(head.find("content-length: 14") != std::string::npos);
    CHECK(client.receive().body == "from 127.0.0.1");
}

TEST_CASE("a body that comes in pieces arrives whole, after 100 Continue when asked for") {
    Running running;
    auto client = running.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.receive_head() == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send(std::string(39'999, 'x'));
    client.send("y");
    const auto echo = client.receive();
    CHECK(echo.body.size() == 40'000);
    CHECK(echo.body.back() == 'y');
}

TEST_CASE("a body above the limit is 413, also when nobody waits for permission to send it") {
    Running running;
    for (const auto* expect : {"", "Expect: 100-continue\r\n"}) {
        auto client = running.connect();
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + std::string(expect) +
                    "Content-Length: 1000000\r\n\r\n");
        if (*expect == '\0') client.send(std::string(1'000'000, 'x'));
        CHECK(client.receive().status == 413);
        CHECK(client.is_closed());
    }
}

TEST_CASE("a route takes more than others, by the head alone and only from whom it knows") {
    Running running;
    const auto head = [](std::size_t length, const std::string& more) {
        return "PUT /large HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" + more +
               "Content-Length: " + std::to_string(length) + "\r\n\r\n";
    };
    auto known = running.connect();
    known.send(head(1'000'000, "Authorization: me\r\n"));
    CHECK(known.receive_head() == "HTTP/1.1 100 Continue\r\n\r\n");
    known.send(std::string(1'000'000, 'x'));
    CHECK(known.receive().body == "1000000");
    auto stranger = running.connect();
    stranger.send(head(1'000'000, ""));
    CHECK(stranger.receive().status == 401);  // and never 100 Continue
    auto small = running.connect();
    small.send(head(3, ""));
    small.receive_head();
    small.send("abc");
    CHECK(small.receive().body == "3");
    auto greedy = running.connect();
    greedy.send(head(1'048'577, "Authorization: me\r\n"));
    const auto refused = greedy.receive();
    CHECK(refused.status == 413);
    CHECK(refused.body.find("1024 kB") != std::string::npos);
}

TEST_CASE("large bodies have so much room together, and the next one is asked to wait") {
    ServerOptions options;
    options.limits.large_bodies_bytes = 150'000;
    Running running(options);
    const std::string head =
        "PUT /large HTTP/1.1\r\nHost: a\r\nAuthorization: me\r\nExpect: 100-continue\r\nContent-Length: "
        "100000\r\n\r\n";
    auto first = running.connect();
    first.send(head);
    first.receive_head();
    auto second = running.connect();
    second.send(head);
    const auto busy = second.receive();
    CHECK(busy.status == 503);
    CHECK(busy.head.find("retry-after: 5") != std::string::npos);
    first.send(std::string(100'000, 'x'));
    CHECK(first.receive().body == "100000");
    // The room is given back once the answer is out, before the next request of the connection is read.
    first.send(head);
    CHECK(first.receive_head() == "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_CASE("an answer that no route made has an id, and a problem under the base path") {
    const auto check = [](const RawClient::Answer& answer, int status) {
        INFO(answer.head << answer.body);
        CHECK(answer.status == status);
        CHECK(answer.head.find("x-request-id: ") != std::string::npos);
        CHECK(answer.body.starts_with(R"({"type":"/outcry/api/problems/)"));
    };
    Running running({}, "/outcry");
    for (const auto& [status, bytes] : std::initializer_list<std::pair<int, std::string>>{
             {413, "POST /outcry/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"},
             {431, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'y')},
             {411, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"}}) {
        auto client = running.connect();
        client.send(bytes);
        check(client.receive(), status);
    }
    ServerOptions options;
    options.max_connections = 1;
    Running full(options, "/outcry");
    auto first = full.connect();
    first.send("GET /outcry HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(first.receive().status == 200);
    check(full.connect().receive(), 503);
}

TEST_CASE("after a refusal the rest of the connection is never read as a request") {
    Running running;
    auto client = running.connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.receive().status == 400);
    CHECK(client.is_closed());
}

TEST_CASE("X-Forwarded-For is believed from this machine only because it is a trusted proxy") {
    Running running;
    const std::string request = "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 198.51.100.7\r\n\r\n";
    auto client = running.connect();
    client.send(request);
    CHECK(client.receive().body == "from 198.51.100.7");
    ServerOptions strict;
    strict.trusted_proxies = {};
    Running untrusting(strict);
    auto other = untrusting.connect();
    other.send(request);
    CHECK(other.receive().body == "from 127.0.0.1");
}

TEST_CASE("a stream sends each frame at once and ends when the server stops") {
    Running running;
    auto client = running.connect();
    client.send("GET /ticks HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.receive_head();
    CHECK(head.find("content-type: text/event-stream") != std::string::npos);
    CHECK(head.find("content-length") == std::string::npos);
    CHECK(client.receive_bytes(36) == "data: tick\n\ndata: tick\n\ndata: tick\n\n");
    running.stop(5s);
    CHECK(client.is_closed());
}

TEST_CASE("a client that leaves a stream makes room for the next one") {
    ServerOptions options;
    options.max_connections = 1;
    Running running(options);
    {
        auto client = running.connect();
        client.send("GET /ticks HTTP/1.1\r\nHost: a\r\n\r\n");
        client.receive_head();
        client.receive_bytes(36);  // all it has to say; from here on nothing is written
    }
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    int status = 0;
    while (status != 200 && std::chrono::steady_clock::now() < deadline) {
        auto next = running.connect();
        next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        try {
            status = next.receive().status;
        } catch (const RawClient::Closed&) {
            // Turned away before the request was read.
        }
    }
    CHECK(status == 200);
}

TEST_CASE("slow heads, slow bodies and silence are ended") {
    ServerOptions options;
    options.limits.header = options.limits.body = options.limits.idle = 100ms;
    Running running(options);
    for (const auto* bytes :
         {"", "GET / HT", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"}) {
        INFO(bytes);
        auto client = running.connect();
        client.send(bytes);
        CHECK(client.is_closed());
    }
}

TEST_CASE("when the house is full, the next one is told so") {
    ServerOptions options;
    options.max_connections = 1;
    Running running(options);
    auto first = running.connect();
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(first.receive().status == 200);
    auto second = running.connect();
    const auto answer = second.receive();
    CHECK(answer.status == 503);
    CHECK(answer.head.find("retry-after: ") != std::string::npos);
}

TEST_CASE("stopping lets a request in flight finish and takes no new one") {
    Running running;
    auto busy = running.connect(), idle = running.connect();
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(idle.receive().status == 200);
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");  // answered after /slow has begun: same thread, in order
    CHECK(idle.receive().status == 200);
    running.stop(5s);
    CHECK(idle.is_closed());
    CHECK(busy.receive().body == "at last");
    CHECK(busy.is_closed());
    CHECK_THROWS(running.connect());
}

TEST_CASE("several threads answer several clients, each in its own order, also while the server stops") {
    Running running;
    std::vector<std::thread> helpers, clients;
    for (int i = 0; i < 3; ++i) helpers.emplace_back([&] { running.io.run(); });
    std::atomic<int> answered = 0, wrong = 0;
    for (int i = 0; i < 4; ++i) {
        clients.emplace_back([&, i] {
            try {
                auto client = running.connect();
                auto listener = running.connect();
                listener.send("GET /ticks HTTP/1.1\r\nHost: a\r\n\r\n");
                for (int k = 0; k < 10'000; ++k) {
                    const auto text = std::to_string(i * 100'000 + k);
                    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                                std::to_string(text.size()) + "\r\n\r\n" + text);
                    if (client.receive().body != text) ++wrong;
                    ++answered;
                }
            } catch (const std::exception&) {
                // The server has stopped, which is what this waits for.
            }
        });
    }
    while (answered < 2'000) std::this_thread::yield();
    running.stop(5s);
    for (auto& client : clients) client.join();
    running.until_stopped.reset();
    for (auto& helper : helpers) helper.join();
    CHECK(wrong == 0);
}

TEST_CASE("a port in use is an error that names the address") {
    Running running;
    ServerOptions options;
    options.port = running.server.port();
    asio::io_context io;
    try {
        Server second(io.get_executor(), options, make_router());
        FAIL("two servers on one port");
    } catch (const std::system_error& error) {
        CHECK(error.code() == std::errc::address_in_use);
        CHECK(std::string(error.what()).find("127.0.0.1:" + std::to_string(options.port)) != std::string::npos);
    }
}
