// tests/unit/outbound/url_test.cpp: addresses are read as libcurl will read them, and odd ones are refused.
#include "server/outbound/url.hpp"

#include <catch2/catch.hpp>

using namespace outcry::outbound;

namespace {

std::string host_of(const std::string& text) {
    BadUrl bad;
    const auto url = parse_url(text, bad);
    return url ? url->host : "refused: " + bad.why;
}

}  // namespace

TEST_CASE("scheme, host and port are taken apart") {
    BadUrl bad;
    const auto url = parse_url("https://hooks.example.org/a?b=c", bad);
    REQUIRE(url);
    CHECK(url->scheme == "https");
    CHECK(url->host == "hooks.example.org");
    CHECK(url->port == 443);
    CHECK(parse_url("http://[2600::1]:8080/", bad)->host == "2600::1");
    CHECK(parse_url("http://[2600::1]:8080/", bad)->port == 8080);
}

TEST_CASE("numbers stand for the address that a connection would go to") {
    CHECK(host_of("https://2130706433/") == "127.0.0.1");
    CHECK(host_of("https://0x7f000001/") == "127.0.0.1");
    CHECK(host_of("https://0177.0.0.1/") == "127.0.0.1");
    CHECK(host_of("https://127.1/") == "127.0.0.1");
}

TEST_CASE("what no receiver has is refused with a word for it") {
    CHECK(host_of("") == "refused: unreadable");
    CHECK(host_of("https://") == "refused: unreadable");
    CHECK(host_of("ftp://example.org/") == "refused: scheme");
    CHECK(host_of("file:///etc/passwd") == "refused: scheme");
    CHECK(host_of("gopher://127.0.0.1:25/_MAIL") == "refused: scheme");
    CHECK(host_of("javascript:alert(1)").starts_with("refused: "));
    CHECK(host_of("https://user:secret@example.org/") == "refused: credentials");
    CHECK(host_of("https://example.org@127.0.0.1/") == "refused: credentials");
    CHECK(host_of("https://[fe80::1%25eth0]/") == "refused: zone");
    CHECK(host_of("https://b\xc3\xbc"
                  "cher.example/") == "refused: host");
    CHECK(host_of("https://example.org/\r\nHost: inner") == "refused: unreadable");
    CHECK(host_of("https://exam ple.org/") == "refused: unreadable");
    CHECK(host_of("https://example.org:99999/") == "refused: unreadable");
    CHECK(host_of("https://example.org/" + std::string(3000, 'a')) == "refused: long");
}
