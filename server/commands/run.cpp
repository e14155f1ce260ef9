// server/commands/run.cpp: from the command line to one command, and from what it throws to one sentence.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <vector>

#include "server/commands/commands.hpp"
#include "server/config/config.hpp"
#include "server/config/keys.hpp"
#include "server/storage/database.hpp"

namespace outcry::commands {
namespace {

void explain(const std::string& cause, const std::string& next) {
    std::cerr << "outcry: " << cause << '\n';
    if (!next.empty()) std::cerr << "  try: " << next << '\n';
}

/// The first word that is no option, when no command has that name; CLI11 itself only says that one is missing.
void check_command_name(const CLI::App& program, int argc, char** argv) {
    std::vector<std::string> known;
    for (const auto* command : program.get_subcommands({})) known.push_back(command->get_name());
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--config") ++i;
        if (word.starts_with('-')) continue;
        if (std::find(known.begin(), known.end(), word) != known.end()) return;
        const auto near = config::nearest(word, std::vector<std::string_view>(known.begin(), known.end()));
        throw Failure(Exit::usage, "there is no command \"" + word + "\"",
                      near.empty() ? "outcry --help" : "outcry " + std::string(near));
    }
}

int parse_and_run(CLI::App& program, const Invocation& invocation, int argc, char** argv) {
    check_command_name(program, argc, argv);
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
    for (const auto add : {add_serve, add_demo, add_replay, add_migrate, add_service, add_incident, add_detect,
                           add_detector, add_backtest, add_token, add_user, add_init, add_doctor, add_version})
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
