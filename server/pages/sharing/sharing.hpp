// server/pages/sharing/sharing.hpp: everything that shows this site elsewhere: pictures, badges, cards, feeds,
// data, and what search engines and home screens ask for.
#pragma once
#include <memory>
#include <vector>

#include "server/http/answer_cache.hpp"
#include "server/pages/routes.hpp"

namespace outcry::pages {

/// What each language has of its own. Answers are kept on the `shelf`; PNGs in the `gallery`, where they stay
/// for a minute.
std::vector<http::Route> sharing_routes(const std::shared_ptr<const Parts>&,
                                        const std::shared_ptr<http::AnswerCache>& shelf,
                                        const std::shared_ptr<http::AnswerCache>& gallery);

/// What the site has once.
std::vector<http::Route> site_routes(const std::shared_ptr<const Parts>&,
                                     const std::shared_ptr<http::AnswerCache>& shelf);

}  // namespace outcry::pages
