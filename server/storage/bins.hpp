// server/storage/bins.hpp: minute bins, their breakdown, and hourly summaries, for readers.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "analytics/bin.hpp"
#include "analytics/excess.hpp"
#include "analytics/region.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

struct ServiceBin {
    ServiceId service{};
    analytics::Bin bin;
};

struct ServiceRegionBin {
    ServiceId service{};
    analytics::RegionBin bin;
};

struct Changes {
    std::int64_t epoch = 0;        // read up to and including this one
    Minute complete_until{};       // bins before this are final; {} before the first cycle
    std::vector<ServiceBin> bins;  // absolute totals of the bins touched by epochs after the one asked for
    std::vector<ServiceRegionBin> regions;  // … and the same by region
};

/// What the tally has written since `after_epoch`. No gap is possible: an epoch is visible only after the one
/// before, and who comes after so long that epochs were forgotten gets every bin from `complete_until` (what it
/// knew then) on.
Changes load_changes(Transaction&, std::int64_t after_epoch, Minute complete_until);

/// Every bin from `from` on, of all services, ordered by service then minute.
std::vector<ServiceBin> load_bins_since(Transaction&, Minute from);

/// Non-empty bins of [from, to) of one service, of some, or of all, ordered by service then minute.
std::vector<analytics::Bin> load_bins(Transaction&, ServiceId, Minute from, Minute to);
std::vector<ServiceBin> load_bins_of(Transaction&, std::span<const ServiceId>, Minute from, Minute to);
std::vector<ServiceBin> load_all_bins(Transaction&, Minute from, Minute to);

/// Reports of [from, to) that named a region, of all services (`to` may be left out) or of some, in no order,
/// or of one, in order of time, then region.
std::vector<ServiceRegionBin> load_all_regions(Transaction&, Minute from, std::optional<Minute> to);
std::vector<ServiceRegionBin> load_regions_of(Transaction&, std::span<const ServiceId>, Minute from, Minute to);
std::vector<analytics::RegionBin> load_regions(Transaction&, ServiceId, Minute from, Minute to);

/// What was counted of one service in each minute of [from, to), zeros included.
std::vector<std::uint32_t> load_counts(Transaction&, ServiceId, Minute from, Minute to);

/// The first minute with a bin, not before `from`, of each of these services that has one.
std::unordered_map<ServiceId, Minute> load_first_minutes(Transaction&, std::span<const ServiceId>, Minute from);

/// Puts in bins that were counted elsewhere (a history to start with), and sums up their hours. They replace
/// what is there, so only for minutes that the tally has never counted in.
void import_bins(Transaction&, const std::vector<ServiceBin>&);

/// Sums up the hours of [from, to), both at full hours; doing it again changes nothing.
void sum_hours(Transaction&, Minute from, Minute to);

struct HourBin {
    Time hour;
    std::uint32_t reports = 0, works = 0;
};
std::vector<HourBin> load_hours(Transaction&, ServiceId, Time from, Time to);
/// The same hours summed up by days of UTC; `hour` is the beginning of the day.
std::vector<HourBin> sum_days(Transaction&, ServiceId, Time from, Time to);

/// One category, one region, or one category of one region.
struct DetailFilter {
    std::optional<CategoryId> category;
    std::optional<std::string> region;
};
/// What the filter lets through, summed over steps; `repeated` and `limited` are left at zero.
std::vector<analytics::Bin> load_detail_bins(Transaction&, ServiceId, const DetailFilter&, Minute from,
                                             Minute to, std::chrono::minutes step);

/// The fewest reports of one category or region that are told in public: fewer could point at someone.
inline constexpr std::uint32_t least_told = 5;

struct Share {
    std::string key;  // category key, or region code; empty: not said
    std::uint64_t count = 0;
};
enum class BreakdownBy { category, region };
/// Largest first; every key that occurs, the not-said ones under the empty key.
std::vector<Share> load_breakdown(Transaction&, ServiceId, BreakdownBy, Minute from, Minute to);

/// Problem reports by the region they named; an empty key: not said.
std::vector<analytics::PlaceCount> load_places(Transaction&, ServiceId, Minute from, Minute to);

}  // namespace outcry::storage
