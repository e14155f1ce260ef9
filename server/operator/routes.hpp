// server/operator/routes.hpp: what operators alone may ask for, each address with the scope it needs.
#pragma once
#include <vector>

#include "server/http/router.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::operators {

/// What the handlers use; all of it outlives them.
struct Parts {
    const live::Pulse& pulse;
    storage::Database& database;
};

std::vector<http::Route> routes(const Parts&);

}  // namespace outcry::operators
