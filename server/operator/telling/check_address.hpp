// server/operator/telling/check_address.hpp: whether requests would go where an operator points.
#pragma once
#include <functional>
#include <string>

#include "server/outbound/outcome.hpp"

namespace outcry::operators {

/// No trouble when they would; blocks while the name is resolved. Empty: nobody checks more than the shape.
using CheckAddress = std::function<outbound::Outcome(const std::string& url)>;

}  // namespace outcry::operators
