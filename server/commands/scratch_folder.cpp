// server/commands/scratch_folder.cpp: mkdtemp, with a clean end.
#include "server/commands/scratch_folder.hpp"

#include <stdlib.h>

#include <cerrno>

namespace outcry::commands {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(const fs::path& parent, const char* name) {
    auto pattern = (parent / name).string() + "-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) {
        throw fs::filesystem_error("a folder cannot be made", parent, {errno, std::generic_category()});
    }
    path_ = pattern;
    // The database may run under an account of its own, which has to pass through.
    fs::permissions(path_, fs::perms{0711});
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace outcry::commands
