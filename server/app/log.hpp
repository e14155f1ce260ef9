// server/app/log.hpp: what the program says about itself while it runs: one JSON object a line, on standard
// error.
#pragma once
#include <memory>
#include <string>

namespace spdlog {
class formatter;
}

namespace outcry::app {

/// From here on spdlog's default logger writes lines of this format ("json" or "text") from this level on.
void start_logging(const std::string& level, const std::string& format);

/// {"time":"…Z","level":"info","message":"…"}; whatever a message holds, the line stays one line of valid JSON.
std::unique_ptr<spdlog::formatter> json_lines();

}  // namespace outcry::app
