// server/commands/run.cpp: from the command line to one command, and from what it throws to one sentence.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>

#include "server/commands/commands.hpp"
#include "server/config/config.hpp"
#include "server/storage/database.hpp"

namespace outcry::commands {
namespace {

void explain(const std::string& cause, const std::string& next) {
    std::cerr << "outcry: " << cause << '\n';
    if (!next.empty()) std::cerr << "  try: " << next << '\n';
}

int parse_and_run(CLI::App& program, const Invocation& invocation, int argc, char** argv) {
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        const bool asked = problem.get_exit_code() == 0;  // --help
        program.exit(problem);
        return static_cast<int>(asked ? Exit::ok : Exit::usage);
    }
    return static_cast<int>(invocation.run());
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App program{"Outage detection from what people report.", "outcry"};
    program.require_subcommand(1);
    program.fallthrough();

    Invocation invocation;
    program.add_option("--config", invocation.config_file, "Settings file (TOML)")->envname("OUTCRY_CONFIG");
    program.add_flag("--json", invocation.json, "Data as JSON on standard output");
    for (const auto add : {add_migrate, add_service, add_detect, add_detector, add_replay, add_version})
        add(program, invocation);

    try {
        return parse_and_run(program, invocation, argc, argv);
    } catch (const Failure& failure) {
        explain(failure.what(), failure.next);
        return static_cast<int>(failure.exit);
    } catch (const storage::Unavailable& lost) {
        explain("the database went away: " + config::without_password(lost.what()), "outcry doctor");
        return static_cast<int>(Exit::database);
    } catch (const std::exception& unforeseen) {
        explain(unforeseen.what(), "outcry doctor");
        return static_cast<int>(Exit::failed);
    }
}

}  // namespace outcry::commands
