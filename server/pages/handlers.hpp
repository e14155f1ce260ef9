// server/pages/handlers.hpp: one coroutine for each page; routes.cpp says which address leads to which.
#pragma once
#include "server/pages/routes.hpp"

namespace outcry::pages {

using Answer = boost::asio::awaitable<http::Response>;

Answer get_home(const Parts&, const http::Request&);
Answer get_service(const Parts&, const http::Request&);
Answer get_incidents(const Parts&, const http::Request&);
Answer get_developers(const Parts&, const http::Request&);
Answer get_incident(const Parts&, const http::Request&);

Answer post_report(const Parts&, const http::Request&);
Answer get_thanks(const Parts&, const http::Request&);
Answer get_client_token(const Parts&, const http::Request&);

/// The 404 page, with services whose names resemble `asked`.
http::Response not_found(const Renderer&, const live::Catalogue&, const http::Request&, std::string_view asked);

}  // namespace outcry::pages
