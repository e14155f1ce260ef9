// tests/fault/paced_serve.cpp: `outcry serve` whose clock starts when it is told to and runs faster, so that
// hours of an outage pass in a minute.  paced_serve START_MS SPEED, settings from the environment.
#include <iostream>

#include "server/app/app.hpp"
#include "server/app/log.hpp"

int main(int count, char** words) try {
    if (count != 3) throw std::invalid_argument("paced_serve START_MS SPEED");
    const auto config = outcry::config::load({}, outcry::config::read_environment());
    outcry::app::start_logging(config.log_level, config.log_format);
    const outcry::Time start{std::chrono::milliseconds{std::stoll(words[1])}};
    outcry::app::App app(config, {.start = start, .speed = std::stod(words[2])});
    app.start();
    return app.wait() ? 0 : 1;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
