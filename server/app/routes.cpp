// server/app/routes.cpp: gives each handler exactly what it uses.
#include "server/app/routes.hpp"

#include "server/app/failures.hpp"
#include "server/config/config.hpp"
#include "server/http/problem.hpp"

namespace outcry::app {
namespace {

http::Response error_page(unsigned status, const http::Request&) {
    return http::problem(
        status, status == 404 ? "not-found" : "method-not-allowed",
        status == 404 ? "There is nothing at this address" : "This address takes other methods");
}

}  // namespace

http::Router make_routes(const Parts& parts) {
    std::vector<http::Route> routes;
    return http::Router(std::move(routes), translate_failure, error_page, parts.config.base_path);
}

}  // namespace outcry::app
