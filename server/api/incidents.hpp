// server/api/incidents.hpp: GET /incidents and GET /incidents/{id}: what was declared, and why.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/api/json.hpp"
#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// ?state=open|closed, service (a slug), since (what was open then or later), cursor (an incident's id),
/// limit. Newest first.
boost::asio::awaitable<http::Response> list_incidents(const http::Request&, const live::Pulse&,
                                                      storage::Database&);

/// What is told of one incident at `now`; nothing when there is none of this id.
std::optional<IncidentDetail> load_incident_detail(storage::Transaction&, const storage::IncidentId&, Time now);
boost::asio::awaitable<http::Response> show_incident(const http::Request&, const live::Pulse&,
                                                     storage::Database&, Time now);

/// What its chart shows, from an hour before the rise: counts and what was usual then, in the shape of a
/// service's series. Of a closed one the answer is always the same.
boost::asio::awaitable<http::Response> show_incident_series(const http::Request&, const live::Pulse&,
                                                            storage::Database&, Time now);

}  // namespace outcry::api
