// server/app/failures.hpp: what a client is told when a handler throws; the one catch of the program's
// requests.
#pragma once
#include <exception>

#include "server/http/message.hpp"

namespace outcry::app {

/// Connection to the database lost: 503 with Retry-After. Anything else: 500 with the request's id, which the
/// log has too. Nothing of the exception's words reaches the client. Browsers get text they can show, programs
/// a problem; on public addresses of the API scripts of any origin may read it.
http::Response translate_failure(std::exception_ptr, const http::Request&);

}  // namespace outcry::app
