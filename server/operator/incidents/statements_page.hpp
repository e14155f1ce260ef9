// server/operator/incidents/statements_page.hpp: /admin/s/{slug}/statements: what the provider says, read or
// written down.
#pragma once
#include <vector>

#include "server/operator/routes.hpp"

namespace outcry::operators {

/// The page, the form that writes a statement down, and the form that names where they are read.
std::vector<GuardedRoute> statement_pages(const Parts&);

}  // namespace outcry::operators
