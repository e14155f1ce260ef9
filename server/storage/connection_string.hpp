// server/storage/connection_string.hpp: what a session needs, put into the libpq connection string that names
// the server.
#pragma once
#include <string>

#include "server/storage/database.hpp"

namespace outcry::storage {

/// `options.dsn` (key=value or URI) with role, timeouts and name as start-up settings, so that they hold
/// however often the connection is made. What the DSN says itself stays. Throws std::invalid_argument with
/// libpq's words.
std::string connection_string(const DatabaseOptions&);

/// A value as key=value strings want it.
std::string quoted_value(const std::string&);

}  // namespace outcry::storage
