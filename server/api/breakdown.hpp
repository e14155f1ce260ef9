// server/api/breakdown.hpp: GET /services/{slug}/breakdown: what people named, in numbers too large to point at
// anyone.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <vector>

#include "server/api/json.hpp"
#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// Shares into cells; those under `least_told` are only counted, and their sum told when it is large enough
/// itself. Pure.
Breakdown suppress_small(const std::vector<storage::Share>&, const storage::Service&, storage::BreakdownBy);

/// ?by=category|region, from, to (the last 24 hours unless said; at most 31 days).
boost::asio::awaitable<http::Response> show_breakdown(const http::Request&, const live::Pulse&,
                                                      storage::Database&, Time now);

}  // namespace outcry::api
