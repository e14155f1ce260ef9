// server/http/response_head.hpp: status line and header fields as the bytes that are sent. Pure but for the
// Date.
#pragma once
#include <string>

#include "server/http/message.hpp"

namespace outcry::http {

/// Writes the head of `response` into `out` (cleared first), with the security headers that it does not set
/// itself. A stream has no length and ends with its connection.
void write_head(std::string& out, const Response& response, bool keep_alive);

std::string_view reason_phrase(unsigned status);

}  // namespace outcry::http
