// server/api/timestamps.cpp: instants as RFC 3339 in UTC.
#include "server/api/timestamps.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace outcry::api {

using namespace std::chrono;

namespace {

/// Takes exactly `width` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<sys_days> take_date(std::string_view& text) {
    const auto y = take_number(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_number(text, 2);
    if (!d) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok() || *y < 1970) return std::nullopt;
    return sys_days{date};
}

/// "14:30", and with `whole` ":00" and perhaps ".250" after it.
std::optional<milliseconds> take_time(std::string_view& text, bool whole) {
    const auto h = take_number(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || *m > 59) return std::nullopt;
    milliseconds time = hours{*h} + minutes{*m};
    if (!whole || !take(text, ':')) return time;
    const auto s = take_number(text, 2);
    if (!s || *s > 60) return std::nullopt;
    time += seconds{*s};
    if (!take(text, '.')) return time;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    for (int scale = 100; !text.empty() && text.front() >= '0' && text.front() <= '9'; scale /= 10) {
        time += milliseconds{(text.front() - '0') * scale};
        text.remove_prefix(1);
    }
    return time;
}

}  // namespace

std::string to_rfc3339(Time at) {
    const auto date = floor<days>(at);
    const year_month_day day{date};
    const hh_mm_ss time{at - date};
    std::array<char, 40> text;
    int length =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(day.year()),
                      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()));
    std::string out(text.data(), static_cast<std::size_t>(length));
    if (const auto rest = time.subseconds().count(); rest != 0) {
        length = std::snprintf(text.data(), text.size(), ".%03d", static_cast<int>(rest));
        out.append(text.data(), static_cast<std::size_t>(length));
    }
    return out + 'Z';
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    const auto date = take_date(text);
    if (!date) return std::nullopt;
    if (text.empty()) return Time{*date};
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
    const auto time = take_time(text, true);
    if (!time) return std::nullopt;
    auto at = Time{*date} + *time;
    if (take(text, 'Z') || take(text, 'z')) return text.empty() ? std::optional{at} : std::nullopt;
    const bool behind = !text.empty() && text.front() == '-';
    // A plus sign in an address arrives as the space it stands for there.
    if (!behind && !text.starts_with('+') && !text.starts_with(' ')) return std::nullopt;
    text.remove_prefix(1);
    const auto offset = take_time(text, false);
    if (!offset || !text.empty()) return std::nullopt;
    at += behind ? *offset : -*offset;
    return at;
}

}  // namespace outcry::api
