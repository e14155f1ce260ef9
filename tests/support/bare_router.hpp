// tests/support/bare_router.hpp: a router as the app has it, but what a handler throws reaches the test.
#pragma once
#include <exception>
#include <memory>
#include <utility>
#include <vector>

#include "server/http/problem.hpp"
#include "server/http/router.hpp"

namespace outcry::tests {

/// 404 and 405 are problems whose type resolves, without words.
inline std::unique_ptr<http::Router> bare_router(std::vector<http::Route> routes) {
    const auto fail = [](std::exception_ptr thrown, const http::Request&) -> http::Response {
        std::rethrow_exception(std::move(thrown));
    };
    const auto error = [](unsigned status, const http::Request&) {
        return http::problem(status, "not-found", "none");
    };
    return std::make_unique<http::Router>(std::move(routes), fail, error);
}

}  // namespace outcry::tests
