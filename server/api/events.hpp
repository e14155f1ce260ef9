// server/api/events.hpp: GET /events: what changes, as Server-Sent Events.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"
#include "server/live/event_hub.hpp"
#include "server/live/pulse.hpp"

namespace outcry::api {

/// More than this many listeners are asked to come back later, so that pages and reports still find a
/// connection.
inline constexpr std::size_t most_listeners = 10'000;

/// ?services=a,b (all unless said). Goes on after Last-Event-ID when the browser sends one.
boost::asio::awaitable<http::Response> listen(const http::Request&, std::shared_ptr<const live::Catalogue>,
                                              live::EventHub&);

}  // namespace outcry::api
