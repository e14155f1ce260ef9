// server/commands/alarm_stream.hpp: rows of counts in, alarms out; the core of `outcry detect`.
#pragma once
#include <functional>
#include <iosfwd>
#include <memory>

#include "analytics/verdict.hpp"
#include "analytics/zone.hpp"

namespace outcry::commands {

/// The zone of the users, given the start of the first bin.
using ZoneOf = std::function<std::shared_ptr<const analytics::ZoneOffsets>(Minute)>;

struct DetectOptions {
    analytics::DetectorSettings settings{.least_reports = 1};  // counts need not be reports
    ZoneOf zone;                                               // empty: unknown
    bool scores = false;                                       // a score in [0,1] per row instead of alarms
};

/// The defined behaviour for every kind of input; part of --help.
extern const char* const detect_help;

/// Reads `ts,<id>,…` and writes `series,start,end,severity` as alarms end. Memory is bounded by the number of
/// series. Throws InputError, which names the line, after writing the alarms that ended before it.
void detect(std::istream& input, std::ostream& output, const DetectOptions&);

}  // namespace outcry::commands
