// server/commands/version.cpp: `outcry version`.
#include <CLI/App.hpp>
#include <iostream>

#include "server/commands/commands.hpp"

namespace outcry::commands {

void add_version(CLI::App& program, Invocation& invocation) {
    auto* command = program.add_subcommand("version", "Say which version this is");
    command->callback([&invocation] {
        invocation.run = [&invocation] {
            if (invocation.json)
                std::cout << R"({"name":"outcry","version":")" OUTCRY_VERSION "\"}\n";
            else
                std::cout << "outcry " OUTCRY_VERSION "\n";
            return Exit::ok;
        };
    });
}

}  // namespace outcry::commands
