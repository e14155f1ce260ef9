// server/commands/session.cpp: settings, then the database, each refusal with its exit code.
#include "server/commands/session.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include "server/app/log.hpp"

namespace outcry::commands {

config::Config load_settings(const Invocation& invocation) try {
    const auto file =
        invocation.config_file.empty() ? config::usual_file() : std::filesystem::path(invocation.config_file);
    return config::load(file, config::read_environment());
} catch (const config::ConfigError& error) {
    throw Failure(Exit::config, error.what(),
                  "put it right and start again; docs/operating.md lists the settings");
}

std::string by_command_line() {
    const char* login = getlogin();
    return "command line (" + (login ? std::string(login) : "uid " + std::to_string(getuid())) + ")";
}

Session::Session(const Invocation& invocation) : settings(load_settings(invocation)) {
    app::start_logging("warn", "text");
    try {
        server = std::make_unique<app::DatabaseServer>(settings, app::DatabaseServer::Use::share);
        server->bring_up_to_date(by_command_line(),
                                 [](const std::string& name) { spdlog::info("applied migration {}", name); });
        database = server->open("command", 1);
    } catch (const app::DatabaseTrouble& trouble) {
        throw Failure(Exit::database, trouble.what(), trouble.next);
    }
}

}  // namespace outcry::commands
