// server/commands/commands.hpp: every command of the program; each has a file of its name beside this one.
#pragma once
#include <functional>
#include <stdexcept>
#include <string>

namespace CLI {
class App;
}

namespace outcry::commands {

/// How a command ended: what the shell sees.
enum class Exit : int { ok = 0, failed = 1, usage = 2, config = 3, database = 4 };

/// What the command line says for every command, and the command it chose.
struct Invocation {
    std::string config_file;  // --config; empty: OUTCRY_CONFIG, or the usual places
    bool json = false;        // --json: data as JSON on stdout
    std::function<Exit()> run;
};

/// Thrown by a command that cannot go on: a sentence with the cause, then what to type next.
struct Failure : std::runtime_error {
    Failure(Exit how, const std::string& cause, std::string next_step = {})
        : std::runtime_error(cause), exit(how), next(std::move(next_step)) {}
    Exit exit;
    std::string next;
};

// Each adds its subcommand (options, help) to the program, and as callback sets `Invocation::run`.
void add_serve(CLI::App& program, Invocation&);
void add_migrate(CLI::App& program, Invocation&);
void add_service(CLI::App& program, Invocation&);
void add_incident(CLI::App& program, Invocation&);
void add_detect(CLI::App& program, Invocation&);
void add_detector(CLI::App& program, Invocation&);
void add_backtest(CLI::App& program, Invocation&);
void add_token(CLI::App& program, Invocation&);
void add_user(CLI::App& program, Invocation&);
void add_init(CLI::App& program, Invocation&);
void add_demo(CLI::App& program, Invocation&);
void add_replay(CLI::App& program, Invocation&);
void add_doctor(CLI::App& program, Invocation&);
void add_version(CLI::App& program, Invocation&);

/// Parses the command line, runs the command it names, explains what went wrong.
int run(int argc, char** argv);

}  // namespace outcry::commands
