// server/api/messages.hpp: GET /services/{slug}/messages: what several people wrote alike.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// Groups of the last 24 hours, the largest first; none that fewer than five people wrote.
boost::asio::awaitable<http::Response> show_messages(const http::Request&, const live::Pulse&,
                                                     storage::Database&, Time now);

}  // namespace outcry::api
