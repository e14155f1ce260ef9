// server/storage/child.hpp: starts a program as another account, in a session of its own, with nothing of ours
// open.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/account.hpp"

namespace outcry::storage {

struct Child {
    std::vector<std::string> command;  // the program's absolute path first
    std::optional<Account> account;    // nothing: as ourselves
    std::filesystem::path log;         // its output and errors are appended here
    int when_we_die = 0;  // the signal it gets when the thread that started it ends, however it ends; 0: none
};

/// Returns its process id. Throws std::system_error.
pid_t start(const Child&);

/// Waits for its end: exit code, or 128 + the signal that ended it.
int wait_for(pid_t);

}  // namespace outcry::storage
