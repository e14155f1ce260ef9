// ingest/report_id.hpp: UUIDv7 (RFC 9562): the identity of a report, whose time decides its window and minute.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "analytics/time.hpp"
#include "ingest/report.hpp"

namespace outcry::ingest {

/// A new identity: `at` in its first 48 bits, 74 random bits after it.
ReportId make_report_id(Time at);

/// The time inside the identity.
Time time_of(const ReportId&);

/// "018f2c3d-…", 36 characters in lower case.
std::string to_text(const ReportId&);

/// Nothing unless `text` is a UUIDv7 in the usual 36 characters, of either case.
std::optional<ReportId> parse_report_id(std::string_view text);

}  // namespace outcry::ingest
