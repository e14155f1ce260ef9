// server/api/services.hpp: GET /services and GET /services/{slug}: what is watched, and how it stands.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// ?q (in name, slug or alias), category (a group's name), state, cursor, limit.
boost::asio::awaitable<http::Response> list_services(const http::Request&, const live::Pulse&);

boost::asio::awaitable<http::Response> show_service(const http::Request&, const live::Pulse&,
                                                    storage::Database&);

}  // namespace outcry::api
