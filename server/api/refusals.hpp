// server/api/refusals.hpp: the problems that more than one address of the API answers with.
#pragma once
#include <chrono>
#include <string_view>

#include "server/http/message.hpp"

namespace outcry::api {

http::Response unknown_service(std::string_view slug);
http::Response unknown_incident(std::string_view id);
http::Response not_acceptable(std::string_view offered);
/// 503: refused early, so that what was accepted gets through.
http::Response overloaded(std::string_view detail, std::chrono::seconds retry_after);

}  // namespace outcry::api
