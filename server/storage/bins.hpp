// server/storage/bins.hpp: minute bins, their breakdown, and hourly summaries, for readers.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "analytics/bin.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

struct ServiceBin {
    ServiceId service{};
    analytics::Bin bin;
};

struct Changes {
    std::int64_t epoch = 0;           // read up to and including this one
    Minute complete_until{};          // bins before this are final
    std::vector<ServiceBin> bins;     // absolute totals of the bins touched by epochs after the one asked for
};

/// What the tally has written since `after_epoch`. No gap is possible: an epoch is visible only after the one before.
Changes load_changes(Transaction&, std::int64_t after_epoch);

/// Non-empty bins of [from, to) of one service, or of all, ordered by service then minute.
std::vector<analytics::Bin> load_bins(Transaction&, ServiceId, Minute from, Minute to);
std::vector<ServiceBin> load_all_bins(Transaction&, Minute from, Minute to);

struct HourBin {
    Time hour;
    std::uint32_t reports = 0, works = 0;
};
std::vector<HourBin> load_hours(Transaction&, ServiceId, Time from, Time to);

struct Share {
    std::string key;  // category key, or region code; empty: not said
    std::uint64_t count = 0;
};
enum class BreakdownBy { category, region };
/// Largest first; every key that occurs, the not-said ones under the empty key.
std::vector<Share> load_breakdown(Transaction&, ServiceId, BreakdownBy, Minute from, Minute to);

}  // namespace outcry::storage
