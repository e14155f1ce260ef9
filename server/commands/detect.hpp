// server/commands/detect.hpp: alarms for any series of counts, from standard input to standard output.
#pragma once
#include <iosfwd>
#include <memory>

#include "analytics/verdict.hpp"
#include "analytics/zone.hpp"

namespace outcry::commands {

struct DetectOptions {
    analytics::DetectorSettings settings{.least_reports =
                                             1};         // any rise counts, the series need not be reports
    std::shared_ptr<const analytics::ZoneOffsets> zone;  // null: unknown
    bool scores = false;                                 // a score in [0,1] per row instead of alarms
};

/// The defined behaviour for every kind of input; part of --help.
extern const char* const detect_help;

/// Reads `ts,<id>,…` and writes `series,start,end,severity` as alarms end. Memory is bounded by the number of
/// series. Returns 0, or 65 (EX_DATAERR) after one sentence on `errors` that names the line.
int detect(std::istream& input, std::ostream& output, std::ostream& errors, const DetectOptions&);

}  // namespace outcry::commands
