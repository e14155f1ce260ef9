// server/pages/handlers.hpp: one coroutine for each page; routes.cpp says which address leads to which.
#pragma once
#include "server/pages/routes.hpp"

namespace outcry::pages {

using Answer = boost::asio::awaitable<http::Response>;

Answer get_home(const Dependencies&, const http::Request&);
Answer get_service(const Dependencies&, const http::Request&);
Answer get_incidents(const Dependencies&, const http::Request&);
Answer get_incident(const Dependencies&, const http::Request&);

Answer post_report(const Dependencies&, const http::Request&);
Answer get_thanks(const Dependencies&, const http::Request&);
Answer get_client_token(const Dependencies&, const http::Request&);

/// The 404 page, with services whose names resemble `asked`.
http::Response not_found(const Renderer&, const live::Catalogue&, const http::Request&, std::string_view asked);

}  // namespace outcry::pages
