// server/api/breakdown.hpp: GET /services/{slug}/breakdown: what people named, in numbers too large to point at
// anyone.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <vector>

#include "server/api/json.hpp"
#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/live/usual_places.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// Shares into cells; those under `least_told` are only counted, and their sum told when it is large enough
/// itself. Pure.
Breakdown suppress_small(const std::vector<storage::Share>&, const storage::Service&, storage::BreakdownBy);

/// The same for places, with what is usual in each of them, the largest excess first. Pure.
Breakdown suppress_small_places(const std::vector<analytics::PlaceCount>& now,
                                const std::vector<analytics::PlaceCount>& usually, double expected_of_service);

/// ?by=category|region|country, from, to (the last 24 hours unless said; at most 31 days).
boost::asio::awaitable<http::Response> show_breakdown(const http::Request&, const live::Pulse&,
                                                      storage::Database&, live::UsualPlaces&, Time now);

}  // namespace outcry::api
