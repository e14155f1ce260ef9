// server/api/health.hpp: GET /healthz and GET /readyz, for those who restart processes and route requests.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// 200 while the process can answer at all.
boost::asio::awaitable<http::Response> show_health(const http::Request&);

/// 200 once the board is loaded and while the database answers, else 503 with what is missing.
boost::asio::awaitable<http::Response> show_readiness(const http::Request&, const live::Pulse&,
                                                      storage::Database&);

}  // namespace outcry::api
