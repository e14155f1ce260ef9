// server/notify/retry_after.cpp: digits, or one of the three dates of HTTP.
#include "server/notify/retry_after.hpp"

#include <date/date.h>

#include <algorithm>
#include <sstream>

namespace outcry::notify {
namespace {

using std::chrono::seconds;

/// RFC 9110, 5.6.7: as it is written today, and as it was by RFC 850 and by asctime().
std::optional<Time> http_date(const std::string& text) {
    for (const char* format : {"%a, %d %b %Y %T GMT", "%A, %d-%b-%y %T GMT", "%a %b %e %T %Y"}) {
        std::istringstream in(text);
        Time at;
        in >> date::parse(format, at);
        if (!in.fail() && in.peek() == std::istringstream::traits_type::eof()) return at;
    }
    return std::nullopt;
}

std::optional<seconds> wait_of(const std::string& text, const std::string& date, Time now) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    if (digits) return text.size() > 6 ? most_asked : seconds{std::stol(text)};
    const auto until = http_date(text);
    if (!until) return std::nullopt;
    return std::chrono::ceil<seconds>(*until - http_date(date).value_or(now));
}

}  // namespace

std::optional<seconds> asked_wait(const std::string& retry_after, const std::string& date, Time now) {
    const auto wait = wait_of(retry_after, date, now);
    if (!wait || *wait <= seconds{0}) return std::nullopt;
    return std::min<seconds>(*wait, most_asked);
}

}  // namespace outcry::notify
