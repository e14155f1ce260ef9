// server/pages/api_docs/routes.hpp: the API described for programs and for people.
#pragma once
#include <memory>
#include <vector>

#include "server/http/answer_cache.hpp"
#include "server/pages/routes.hpp"

namespace outcry::pages {

/// /api/openapi.json, /api/docs and a page for each group, in English alone. Kept on the `shelf`.
std::vector<http::Route> reference_routes(const std::shared_ptr<const Parts>&,
                                          const std::shared_ptr<http::AnswerCache>& shelf);

}  // namespace outcry::pages
