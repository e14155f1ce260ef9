// server/commands/note.cpp: what the database would refuse is told by the name of the option.
#include "server/commands/note.hpp"

#include <CLI/App.hpp>

#include "ingest/text.hpp"
#include "server/storage/audit.hpp"

namespace outcry::commands {
namespace {

/// Empty: nothing is wrong.
std::string flaw_in_note(const std::string& note) {
    if (!ingest::is_valid_utf8(note)) return "the note is not UTF-8; type it in a terminal that is";
    if (ingest::characters(note) > storage::longest_reason)
        return "the note is longer than " + std::to_string(storage::longest_reason) + " characters; shorten it";
    return {};
}

}  // namespace

CLI::Option* add_note(CLI::App& command, std::string& note, const char* help) {
    return command.add_option("--note", note, help)->check(CLI::Validator(flaw_in_note, "TEXT"));
}

}  // namespace outcry::commands
