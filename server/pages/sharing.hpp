// server/pages/sharing.hpp: everything that shows this site elsewhere: pictures, badges, cards, feeds, data,
// and what search engines and home screens ask for.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "server/pages/routes.hpp"

namespace outcry::pages {

/// `kept` wraps a handler so that its answer is made once for each change of the data.
std::vector<http::Route> sharing_routes(std::shared_ptr<const Parts>,
                                        const std::function<http::Handler(http::Handler)>& kept);

}  // namespace outcry::pages
