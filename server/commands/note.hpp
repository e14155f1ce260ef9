// server/commands/note.hpp: --note: why somebody typed a command that changes something.
#pragma once
#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace outcry::commands {

/// Adds --note to a command, checked before anything is done. `note` outlives the command.
CLI::Option* add_note(CLI::App& command, std::string& note, const char* help = "Why, for the audit log");

}  // namespace outcry::commands
