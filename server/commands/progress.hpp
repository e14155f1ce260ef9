// server/commands/progress.hpp: how far a long command has come: a bar on a terminal, a line now and then
// elsewhere.
#pragma once
#include <chrono>
#include <string>

namespace outcry::commands {

/// Writes to standard error. On a terminal one line is drawn over and over; elsewhere a line comes every ten
/// seconds, so that a log stays readable. Not for several threads.
class Progress {
 public:
    Progress();
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `part` of the way, from 0 to 1, with a few words beside it.
    void show(double part, const std::string& words);
    /// A line of its own above the bar.
    void say(const std::string& line);
    /// Takes the bar away.
    void clear();

 private:
    bool terminal_, drawn_ = false;
    std::chrono::steady_clock::time_point began_, said_;
};

/// "[#####···············]  25 %, 1:30 left, <words>"; what is left is guessed from `elapsed`.
std::string progress_line(double part, std::chrono::seconds elapsed, const std::string& words);

}  // namespace outcry::commands
