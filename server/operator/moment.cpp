// server/operator/moment.cpp: fixed shapes, read digit by digit.
#include "server/operator/moment.hpp"

#include <fmt/format.h>

namespace outcry::operators {
namespace {

/// The number that stands at `from` in so many digits; -1 when something else does.
int number_at(std::string_view text, std::size_t from, std::size_t digits) {
    int value = 0;
    for (std::size_t i = from; i < from + digits; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

}  // namespace

std::optional<Time> parse_moment(std::string_view text) {
    using namespace std::chrono;
    if (text.ends_with('Z')) text.remove_suffix(1);
    int second = 0;
    if (text.size() == 19) {
        if (text[16] != ':' || (second = number_at(text, 17, 2)) < 0 || second > 59) return std::nullopt;
        text = text.substr(0, 16);
    }
    if (text.size() != 16 || text[4] != '-' || text[7] != '-' || text[10] != 'T') return std::nullopt;
    const auto clock = parse_time_of_day(text.substr(11));
    const int year_ = number_at(text, 0, 4), month_ = number_at(text, 5, 2), day_ = number_at(text, 8, 2);
    if (!clock || year_ < 1970 || month_ < 0 || day_ < 0) return std::nullopt;
    const year_month_day date{year{year_}, month{static_cast<unsigned>(month_)},
                              day{static_cast<unsigned>(day_)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date} + *clock + seconds{second};
}

std::string moment_text(Time at) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
    const auto clock = std::chrono::floor<std::chrono::minutes>(at - std::chrono::floor<std::chrono::days>(at));
    return fmt::format("{:04}-{:02}-{:02}T{}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()},
                       time_of_day_text(clock));
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int hour = number_at(text, 0, 2), minute = number_at(text, 3, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return std::chrono::minutes{hour * 60 + minute};
}

std::string time_of_day_text(std::chrono::minutes since_midnight) {
    return fmt::format("{:02}:{:02}", since_midnight.count() / 60, since_midnight.count() % 60);
}

}  // namespace outcry::operators
