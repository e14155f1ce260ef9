// server/api/paging.hpp: the address of the next page of a list.
#pragma once
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace outcry::api {

/// A Link value (RFC 8288) that points to this list after `cursor`; relative, so that it holds under any base
/// path.
std::string link_to_next(const http::Request&, std::string_view cursor);

}  // namespace outcry::api
