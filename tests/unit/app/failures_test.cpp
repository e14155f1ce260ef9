// tests/unit/app/failures_test.cpp: what a handler throws becomes a status, and its words stay inside.
#include "server/app/failures.hpp"

#include <catch2/catch.hpp>

#include "server/storage/database.hpp"

using outcry::app::translate_failure;
using outcry::http::Request;

namespace {

Request asked() {
    Request request;
    request.path = "/api/v1/services";
    request.id = "the-request";
    return request;
}

}  // namespace

TEST_CASE("a lost database is a reason to come back soon") {
    const auto lost =
        std::make_exception_ptr(outcry::storage::Unavailable("connection to /var/lib/secret failed"));
    const auto response = translate_failure(lost, asked());
    CHECK(response.status == 503);
    CHECK_FALSE(response.header("retry-after").empty());
    CHECK_THAT(*response.body, !Catch::Contains("secret"));
}

TEST_CASE("anything else is our fault, told by the request's id and no more") {
    const auto response = translate_failure(std::make_exception_ptr(std::logic_error("secret")), asked());
    CHECK(response.status == 500);
    CHECK_THAT(*response.body, Catch::Contains("the-request") && !Catch::Contains("secret"));
    CHECK(translate_failure(std::make_exception_ptr(42), asked()).status == 500);
}

TEST_CASE("scripts of any origin may read what went wrong with what is public, and nothing of operators'") {
    const auto thrown = std::make_exception_ptr(outcry::storage::Unavailable("gone"));
    CHECK(translate_failure(thrown, asked()).header("access-control-allow-origin") == "*");
    for (const auto* path : {"/api/v1/admin/catalogue", "/s/gmail"}) {
        auto request = asked();
        request.path = path;
        CHECK(translate_failure(thrown, request).header("access-control-allow-origin").empty());
    }
}
