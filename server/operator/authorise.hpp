// server/operator/authorise.hpp: lets a request through to an operator's handler, or says why not.
#pragma once
#include <string_view>

#include "server/http/message.hpp"
#include "server/storage/database.hpp"

namespace outcry::operators {

/// `handler`, for those alone whose Bearer token has `scope`: 401 without a token in force, 403 without the
/// scope. Tokens are read each time, so a revoked one ends at once.
http::Handler with_scope(storage::Database&, std::string_view scope, http::Handler);

}  // namespace outcry::operators
