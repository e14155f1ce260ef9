// server/commands/scratch_folder.hpp: a folder of one run, gone when it ends.
#pragma once
#include <filesystem>

namespace outcry::commands {

/// Made in `parent` with a name of its own, removed with all that is in it.
class ScratchFolder {
 public:
    /// Throws std::filesystem::filesystem_error.
    ScratchFolder(const std::filesystem::path& parent, const char* name);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

}  // namespace outcry::commands
