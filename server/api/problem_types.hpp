// server/api/problem_types.hpp: GET /api/problems/{type}: what each type of problem means, for whoever follows
// its address.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"

namespace outcry::api {

boost::asio::awaitable<http::Response> explain_problem(const http::Request&);

}  // namespace outcry::api
