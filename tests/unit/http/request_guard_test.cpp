// tests/unit/http/request_guard_test.cpp: which heads are taken, which are refused, and with what status.
#include "server/http/request_guard.hpp"

#include <catch2/catch.hpp>

#include "server/http/request_head.hpp"

using namespace outcry::http;

namespace {

/// "200" for a head that is taken, "more" for one that is not finished, else the status of the refusal.
std::string verdict(std::string_view bytes) {
    const auto read = read_head(bytes);
    if (const auto* refusal = std::get_if<Refusal>(&read)) return std::to_string(refusal->status);
    return std::holds_alternative<NeedMore>(read) ? "more" : "200";
}

std::string with(std::string_view lines) {
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + std::string(lines) + "\r\n\r\n";
}

RequestHead taken(std::string_view bytes) {
    auto read = read_head(bytes);
    REQUIRE(std::holds_alternative<RequestHead>(read));
    return std::get<RequestHead>(std::move(read));
}

}  // namespace

TEST_CASE("a plain request is taken, and the bytes after its head are left alone") {
    const std::string_view bytes =
        "POST /a?b=c HTTP/1.1\r\nHost: example.org:8080\r\nX-One: 1\r\nContent-Length: 3\r\n\r\nabcGET";
    const auto head = taken(bytes);
    CHECK(bytes.substr(head.bytes) == "abcGET");
    CHECK(head.framing.method == Method::post);
    CHECK(head.raw.target == "/a?b=c");
    CHECK(head.framing.content_length == 3);
    CHECK(head.framing.keep_alive);
    CHECK(head.raw.fields == Fields{{"host", "example.org:8080"}, {"x-one", "1"}, {"content-length", "3"}});
}

TEST_CASE("every prefix of a good head asks for more") {
    const std::string bytes = "GET /a HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n";
    for (std::size_t n = 1; n < bytes.size(); ++n) {
        INFO(n);
        CHECK(verdict(bytes.substr(0, n)) == "more");
    }
    CHECK(verdict(bytes) == "200");
}

TEST_CASE("a head that can never become right is refused before it ends") {
    CHECK(verdict("GET / HTTP/1.1\nHo") == "400");
    CHECK(verdict("GET /\r\n") == "400");
    CHECK(verdict(std::string(512, 'R')) == "400");
    CHECK(verdict("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb") == "400");
}

TEST_CASE("the first line has three parts with one space between") {
    CHECK(verdict("GET  / HTTP/1.1\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("GET / HTTP/2.0\r\nHost: a\r\n\r\n") == "505");
    CHECK(verdict("GET / HTTP/1.2\r\nHost: a\r\n\r\n") == "505");
    CHECK(verdict("GET / HTTP/5.6\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("BREW / HTTP/1.1\r\nHost: a\r\n\r\n") == "405");
    CHECK(verdict("get / HTTP/1.1\r\nHost: a\r\n\r\n") == "405");
    CHECK(verdict("GET http://evil/x HTTP/1.1\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("GET * HTTP/1.1\r\nHost: a\r\n\r\n") == "400");
    CHECK(verdict("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") == "200");
    CHECK(verdict("GET /caf\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n") == "400");
}

TEST_CASE("exactly one valid Host") {
    for (const auto* host :
         {"a", "example.org", "example.org:8080", "127.0.0.1:1", "[::1]", "[2001:db8::1]:443", "a_b"}) {
        INFO(host);
        CHECK(verdict("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == "200");
    }
    for (const auto* host : {"", "a b", "a@b", "a/", "a:b", "a:123456", "[::1", "[zz]", "a,b", ":80"}) {
        INFO(host);
        CHECK(verdict("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == "400");
    }
    CHECK(verdict("GET / HTTP/1.1\r\n\r\n") == "400");
    CHECK(verdict("GET / HTTP/1.0\r\n\r\n") == "400");
    CHECK(verdict(with("Host: a")) == "400");
    CHECK(verdict("GET / HTTP/1.1\r\nHost : a\r\n\r\n") == "400");
}

TEST_CASE("one Content-Length, in digits, and no other framing") {
    CHECK(verdict(with("Content-Length: 5")) == "200");
    CHECK(verdict(with("Content-Length: 0")) == "200");
    for (const auto* length : {"", "+5", "-1", "0x5", "5, 5", "5 5", "99999999999999999999999", "five"}) {
        INFO(length);
        CHECK(verdict(with("Content-Length: " + std::string(length))) == "400");
    }
    CHECK(verdict(with("Content-Length: 5\r\nContent-Length: 5")) == "400");
    CHECK(verdict("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n") == "400");
    CHECK(verdict("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") == "200");
}

TEST_CASE("an encoded body is never read") {
    CHECK(verdict(with("Transfer-Encoding: chunked")) == "411");
    CHECK(verdict(with("Transfer-Encoding: Chunked")) == "411");
    CHECK(verdict(with("Transfer-Encoding: gzip, chunked")) == "501");
    for (const auto* lines :
         {"Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Length: 5\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: identity", "Transfer-Encoding: chunked, gzip",
          "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
          "Transfer-Encoding: xchunked", "Transfer-Encoding:", "Transfer-Encoding:\r\n chunked",
          "Transfer-Encoding: \vchunked"}) {
        INFO(lines);
        CHECK(verdict(with(lines)) == "400");
    }
    CHECK(verdict("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") == "400");
}

TEST_CASE("folded lines and control characters are refused wherever they stand") {
    CHECK(verdict(with("X: a\r\n b")) == "400");
    CHECK(verdict(with("X: a\r\n\tb")) == "400");
    CHECK(verdict(with(std::string("X: a\0b", 6))) == "400");
    CHECK(verdict(with("X\x01: b")) == "400");
    CHECK(verdict(with("X: a\x7f")) == "400");
    CHECK(verdict(with("X: a\tb")) == "200");
}

TEST_CASE("a head is bounded in fields and in bytes") {
    const auto fields = [](int n) {
        std::string lines;
        for (int i = 0; i < n; ++i) lines += "\r\nX" + std::to_string(i) + ": y";
        return "GET / HTTP/1.1\r\nHost: a" + lines + "\r\n\r\n";
    };
    CHECK(verdict(fields(63)) == "200");
    CHECK(verdict(fields(64)) == "431");
    CHECK(verdict("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'y')) == "431");
    CHECK(verdict("GET /" + std::string(20'000, 'a')) == "414");
}

TEST_CASE("connections are kept as the version and the client say") {
    const auto keeps = [](const std::string& bytes) { return taken(bytes).framing.keep_alive; };
    CHECK(keeps("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: te, close\r\n\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.0\r\nHost: a\r\n\r\n"));
    CHECK(keeps("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"));
}

TEST_CASE("only Expect: 100-continue is understood") {
    CHECK(taken(with("Expect: 100-continue\r\nContent-Length: 5")).framing.expects_continue);
    CHECK(verdict(with("Expect: tea")) == "417");
}
