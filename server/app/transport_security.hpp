// server/app/transport_security.hpp: tells browsers that this site is to be asked over https alone (RFC 6797).
#pragma once
#include <string>

#include "server/http/router.hpp"

namespace outcry::app {

/// Sets Strict-Transport-Security on answers of the site that `public_url` names, when that is an https
/// address. Not when a proxy says that the request came by plain http, and not when another host was asked, as
/// through a tunnel to the operators' listener. Without X-Forwarded-Proto nobody can tell how a request came,
/// and it is set; browsers heed it on https alone.
http::Finish strict_transport(std::string public_url);

}  // namespace outcry::app
