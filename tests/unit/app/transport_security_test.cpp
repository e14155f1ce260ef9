// tests/unit/app/transport_security_test.cpp: Strict-Transport-Security goes out with an https site, and with
// nothing else.
#include <catch2/catch.hpp>

#include "server/app/transport_security.hpp"

using namespace outcry;

namespace {

std::string told(const std::string& public_url, http::Fields headers) {
    http::Request request;
    request.headers = std::move(headers);
    http::Response response;
    if (const auto finish = app::strict_transport(public_url)) finish(request, response);
    return std::string(response.header("strict-transport-security"));
}

}  // namespace

TEST_CASE("an https site says that it is one, and no other host or scheme does") {
    const std::string site = "https://status.example.org";
    CHECK(told(site, {{"host", "status.example.org"}}) == "max-age=31536000");
    CHECK(told(site, {{"host", "status.example.org"}, {"x-forwarded-proto", "https"}}) == "max-age=31536000");
    CHECK(told(site, {{"host", "status.example.org"}, {"x-forwarded-proto", "http, https"}}) ==
          "max-age=31536000");

    CHECK(told(site, {{"host", "status.example.org"}, {"x-forwarded-proto", "http"}}).empty());
    CHECK(told(site, {{"host", "localhost:8081"}}).empty());
    CHECK(told(site, {}).empty());
    for (const auto* plain : {"", "http://status.example.org"}) {
        CHECK(told(plain, {{"host", "status.example.org"}}).empty());
        CHECK(told(plain, {{"host", "status.example.org"}, {"x-forwarded-proto", "https"}}).empty());
    }
}
