// server/commands/progress.cpp: draws the bar and guesses the time left.
#include "server/commands/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace outcry::commands {
namespace {

using Monotonic = std::chrono::steady_clock;
using namespace std::chrono_literals;

std::string clock_text(std::chrono::seconds span) {
    const auto count = span.count();
    if (count >= 3600) return fmt::format("{}:{:02}:{:02}", count / 3600, count / 60 % 60, count % 60);
    return fmt::format("{}:{:02}", count / 60, count % 60);
}

}  // namespace

Progress::Progress() : terminal_(isatty(STDERR_FILENO) == 1), began_(Monotonic::now()), said_(began_ - 10s) {}

Progress::~Progress() {
    clear();
}

void Progress::show(double part, const std::string& words) {
    const auto now = Monotonic::now();
    const auto line =
        progress_line(part, std::chrono::duration_cast<std::chrono::seconds>(now - began_), words);
    if (terminal_) {
        std::cerr << "\r\x1b[K" << line << std::flush;
        drawn_ = true;
    } else if (now - said_ >= 10s) {
        std::cerr << line << std::endl;
        said_ = now;
    }
}

void Progress::say(const std::string& line) {
    clear();
    std::cerr << line << std::endl;
}

void Progress::clear() {
    if (drawn_) std::cerr << "\r\x1b[K" << std::flush;
    drawn_ = false;
}

std::string progress_line(double part, std::chrono::seconds elapsed, const std::string& words) {
    constexpr int width = 20;
    part = std::clamp(part, 0., 1.);
    std::string bar;
    for (int i = 0; i < width; ++i) bar += i < static_cast<int>(part * width) ? "#" : "·";
    std::string left;
    if (part > 0 && part < 1) {
        const auto rest = static_cast<double>(elapsed.count()) * (1 - part) / part;
        left = clock_text(std::chrono::seconds{static_cast<long>(rest)}) + " left, ";
    }
    return fmt::format("[{}] {:3.0f} %, {}{}", bar, part * 100, left, words);
}

}  // namespace outcry::commands
