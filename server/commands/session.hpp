// server/commands/session.hpp: what a command needs to work on an installation: its settings and its database.
#pragma once
#include <memory>

#include "server/app/database_server.hpp"
#include "server/commands/commands.hpp"
#include "server/config/config.hpp"
#include "server/storage/database.hpp"

namespace outcry::commands {

/// The settings this invocation asks for. Throws Failure (config).
config::Config load_settings(const Invocation&);

/// As the audit log names whoever has a shell on the server: "command line (mara)".
std::string by_command_line();

/// An open, up-to-date database; a private server that was not running lives as long as this.
struct Session {
    /// Throws Failure (config or database).
    explicit Session(const Invocation&);

    config::Config settings;
    std::unique_ptr<app::DatabaseServer> server;
    std::unique_ptr<storage::Database> database;
};

}  // namespace outcry::commands
