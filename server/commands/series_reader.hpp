// server/commands/series_reader.hpp: wide CSV of counts, `ts,<id>,…`, read row by row.
#pragma once
#include <chrono>
#include <cstdint>
#include <istream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::commands {

/// What is wrong with the input, and on which line (1 is the header).
struct InputError : std::runtime_error {
    InputError(std::uint64_t line, const std::string& what)
        : std::runtime_error("line " + std::to_string(line) + ": " + what) {}
};

/// A count that was not given.
inline constexpr std::int64_t missing = -1;

class SeriesReader {
 public:
    /// Reads the header. Throws InputError, as `next` does.
    explicit SeriesReader(std::istream&);

    const std::vector<std::string>& series() const { return series_; }

    struct Row {
        Minute start;                      // of the bin
        std::string time;                  // as it was written
        std::vector<std::int64_t> counts;  // one per series; `missing` for an empty cell
    };

    /// The next row; false at the end. `row` keeps its memory between calls.
    bool next(Row& row);

    std::uint64_t line() const { return line_; }

 private:
    bool read_line();

    std::istream& input_;
    std::string text_;
    std::uint64_t line_ = 0;
    std::vector<std::string> series_;
};

/// "2026-02-02T00:00:00Z" or "2026-02-02 00:00:00", both UTC; seconds are cut off. Empty when it is neither.
std::optional<Minute> parse_minute(std::string_view);

std::string format_minute(Minute);

}  // namespace outcry::commands
