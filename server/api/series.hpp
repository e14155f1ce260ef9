// server/api/series.hpp: GET /services/{slug}/series: what was counted and what is usual, step by step.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// ?from, to, step=1m|5m|15m|1h, category, region, format=columns|rows|csv. The last 48 hours come from the
/// board, what is older from storage; steps are sums of minutes, wherever they come from.
boost::asio::awaitable<http::Response> show_series(const http::Request&, const live::Pulse&, storage::Database&,
                                                   Time now);

}  // namespace outcry::api
