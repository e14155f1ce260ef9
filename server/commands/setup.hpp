// server/commands/setup.hpp: the way in for the first operator of an instance that has just started.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "server/app/app.hpp"

namespace outcry::commands {

/// A whole address that works once within `lasts` (of the instance's clock); nothing when there is a user
/// already.
std::optional<std::string> setup_address(app::App&, const config::Config&, std::chrono::milliseconds lasts);

}  // namespace outcry::commands
