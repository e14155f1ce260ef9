// server/app/app.hpp: owns every part and wires them, in order; nothing else knows them all.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "analytics/time.hpp"
#include "server/app/database_server.hpp"
#include "server/config/config.hpp"

namespace outcry::app {

/// When and how fast this instance lives. The demo's days pass in minutes.
struct Pace {
    std::optional<Time> start;  // none: the database's time
    double speed = 1.0;
};

/// The address cannot be listened on: a sentence with the cause, then what to type.
struct ListenTrouble : std::runtime_error {
    ListenTrouble(const std::string& cause, std::string next_step)
        : std::runtime_error(cause), next(std::move(next_step)) {}
    std::string next;
};

/// One serving instance: database, counting, judging, pages and API.
class App {
 public:
    /// Finds or starts the database and brings it up to date. Throws DatabaseTrouble; ListenTrouble when the
    /// address is taken.
    explicit App(const config::Config&, Pace = {});
    /// Stops what still runs.
    ~App();

    /// For commands that prepare the data before anyone is served.
    storage::Database& database();
    /// The program's clock.
    Time now() const;

    /// Loads the board, then listens. Throws DatabaseTrouble, ListenTrouble.
    void start();
    std::uint16_t port() const;
    /// Where operators are served; the same unless they have a listener of their own.
    std::uint16_t operator_port() const;

    /// Returns at SIGTERM or SIGINT, or when a part has failed (false). At SIGHUP calls `reload`.
    bool wait(const std::function<void()>& reload = {});

    /// In reverse order: stop accepting, answer what is under way, close the streams, save what was learned,
    /// stop the database.
    void stop();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::app
