// server/commands/series_reader.cpp: a strict, streaming reader; every complaint names its line.
#include "server/commands/series_reader.hpp"

#include <charconv>
#include <cstdio>
#include <limits>
#include <unordered_set>

namespace outcry::commands {

namespace {

constexpr std::size_t longest_line = 64u << 20;

std::string_view next_cell(std::string_view& rest) {
    const auto comma = rest.find(',');
    const auto cell = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    return cell;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t shown = 40;
    return "\"" + std::string(text.substr(0, shown)) + (text.size() > shown ? "…\"" : "\"");
}

int number(std::string_view text) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

}  // namespace

SeriesReader::SeriesReader(std::istream& input) : input_(input) {
    if (!read_line())
        throw InputError(1, "the input is empty; expected a header such as ts,outlook,outlook@US-NY");
    std::string_view rest = text_;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    const auto first = next_cell(rest);
    if (first != "ts" && first != "timestamp")
        throw InputError(1, "the header must begin with ts, not " + quoted(first));
    std::unordered_set<std::string_view> seen;
    while (rest.data() != nullptr) {
        const bool last = rest.find(',') == std::string_view::npos;
        series_.emplace_back(next_cell(rest));
        if (last) break;
    }
    for (const auto& id : series_) {
        if (id.empty()) throw InputError(1, "a series without a name");
        if (!seen.insert(id).second) throw InputError(1, "two series are named " + quoted(id));
    }
    if (series_.empty()) throw InputError(1, "the header names no series; expected ts,<id>,…");
}

bool SeriesReader::read_line() {
    while (std::getline(input_, text_)) {
        ++line_;
        if (text_.size() > longest_line) throw InputError(line_, "longer than 64 MiB");
        if (!text_.empty() && text_.back() == '\r') text_.pop_back();
        if (!text_.empty()) return true;
    }
    return false;
}

bool SeriesReader::next(Row& row) {
    if (!read_line()) return false;
    std::string_view rest = text_;
    const auto time = next_cell(rest);
    const auto start = parse_minute(time);
    if (!start) throw InputError(line_, quoted(time) + " is not a time such as 2026-02-02T00:00:00Z");
    row.start = *start;
    row.time.assign(time);
    row.counts.resize(series_.size());

    const char* at = time.data() + time.size();
    const char* const end = text_.data() + text_.size();
    std::size_t cells = 0;
    while (at != end) {
        ++at;  // the comma
        if (cells == series_.size())
            throw InputError(line_,
                             "more cells than the header has (" + std::to_string(series_.size() + 1) + ")");
        std::uint32_t value = 0;
        const auto [stop, error] = std::from_chars(at, end, value);
        if (error == std::errc{} && (stop == end || *stop == ',')) {
            row.counts[cells] = value;
            at = stop;
        } else {
            const char* comma = at;
            while (comma != end && *comma != ',') ++comma;
            if (comma != at)
                throw InputError(line_, "series " + quoted(series_[cells]) + ": " +
                                            quoted({at, static_cast<std::size_t>(comma - at)}) +
                                            " is not a count (a whole number from 0 to 4294967295)");
            row.counts[cells] = missing;
            at = comma;
        }
        ++cells;
    }
    if (cells != series_.size())
        throw InputError(line_, std::to_string(cells + 1) + " cells where the header has " +
                                    std::to_string(series_.size() + 1));
    return true;
}

std::optional<Minute> parse_minute(std::string_view text) {
    using namespace std::chrono;
    if (text.size() == 20 && text.back() == 'Z') text.remove_suffix(1);
    if (text.size() != 19 || (text[10] != 'T' && text[10] != ' ') || text[4] != '-' || text[7] != '-' ||
        text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const int y = number(text.substr(0, 4)), mo = number(text.substr(5, 2)), d = number(text.substr(8, 2));
    const int h = number(text.substr(11, 2)), mi = number(text.substr(14, 2)), s = number(text.substr(17, 2));
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (y < 1970 || mo < 0 || d < 0 || !date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return std::nullopt;
    return Minute{sys_days{date} + hours{h} + minutes{mi}};
}

std::string format_minute(Minute at) {
    using namespace std::chrono;
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const auto minute = (at - midnight).count();
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:00Z", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(minute / 60), static_cast<int>(minute % 60));
    return text;
}

}  // namespace outcry::commands
