// server/storage/reports.hpp: every report as it is kept, for the tally; charts never read them.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

using Uuid = std::array<std::uint8_t, 16>;

/// A window as the database numbers it: quarter hours since 1970.
constexpr std::int32_t window_number(Window window) {
    return window.time_since_epoch().count();
}

struct StoredReport {
    std::int32_t window = 0;
    Uuid id{};
    ServiceId service{};
    Minute minute{};  // the bin it was counted in
    Time at{};
    Uuid reporter{};
    std::int64_t prefix = 0;
    bool works = false;
    std::int16_t outcome = 0;  // 0 counted, 1 repeated, 2 limited
    CategoryId category = 0;   // 0: not said
    std::string region, message;
    std::optional<Minute> detail_minute;
};

/// The partition of the day that `window` falls into must exist before a report of it can be stored.
void make_report_day(Transaction&, std::int32_t window);

/// All or none; throws when one is there already.
void insert_reports(Transaction&, std::span<const StoredReport>);

/// What a counter needs to know of a window, those that came first before those that came again. Only these
/// members are set: window, id, service, reporter, prefix, works, outcome, category, region, and of the message
/// its first letter.
std::vector<StoredReport> load_window(Transaction&, std::int32_t window);

struct ReportDetail {
    std::int32_t window = 0;
    Uuid id{};
    Minute minute{};  // when it was said; not used when reading
    CategoryId category = 0;
    std::string region, message;  // `message` is not filled when reading
};
/// What these reports (by window and id) have said so far.
std::vector<ReportDetail> load_details(Transaction&, std::span<const ReportDetail> wanted);
/// Adds to each report what it has not said yet; at most one for each report.
void add_details(Transaction&, std::span<const ReportDetail>);

/// Removes what has been kept long enough (sql/migrations: retain) and makes room for tomorrow.
void retain(Transaction&, Time now);

}  // namespace outcry::storage
