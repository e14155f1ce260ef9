// server/api/span.cpp: the stretch of time that ?from and ?to speak of.
#include "server/api/span.hpp"

#include <algorithm>

namespace outcry::api {

using std::chrono::minutes;

namespace {

Minute down(Time at, minutes step) {
    const auto minute = std::chrono::floor<minutes>(at);
    return minute - minute.time_since_epoch() % step;
}

Minute up(Time at, minutes step) {
    const auto lower = down(at, step);
    return Time{lower} == at ? lower : lower + step;
}

std::string in_days(minutes span) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(span).count();
    return days > 0 ? std::to_string(days) + " days" : std::to_string(span.count()) + " minutes";
}

}  // namespace

Span read_span(Query& query, Time now, minutes step, minutes longest) {
    const auto end = up(now, step);
    const auto to = query.time("to");
    const auto from = query.time("from");
    Span span;
    span.to = to ? std::min(up(*to, step), end) : end;
    span.from = from ? down(*from, step) : span.to - std::chrono::hours{24};
    if (from && span.from >= span.to) query.refuse("from", "Give a time before 'to' and before now.");
    if (!from && to && span.to <= Minute{std::chrono::hours{24}}) query.refuse("to", "Give a later time.");
    if (span.to - span.from > longest) {
        query.refuse("from",
                     "At most " + in_days(longest) + " at this step; take a coarser step or a shorter span.");
    }
    return span;
}

}  // namespace outcry::api
