// server/storage/bins.cpp: totals by minute and hour, for readers.
#include "server/storage/bins.hpp"

#include <algorithm>

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/days.hpp"
#include "server/storage/progress.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

/// From minute and totals, which start at column `first`.
analytics::Bin bin_from(const pqxx::row& row, int first) {
    return {.minute = minute_from(row[first]),
            .reports = row[first + 1].as<std::uint32_t>(),
            .works = row[first + 2].as<std::uint32_t>(),
            .repeated = row[first + 3].as<std::uint32_t>(),
            .limited = row[first + 4].as<std::uint32_t>()};
}

std::vector<ServiceBin> service_bins_from(const pqxx::result& rows) {
    std::vector<ServiceBin> bins;
    bins.reserve(rows.size());
    for (const auto& row : rows) bins.push_back({row[0].as<ServiceId>(), bin_from(row, 1)});
    return bins;
}

/// From minute, region and count, which start at column `first`.
analytics::RegionBin region_bin_from(const pqxx::row& row, int first) {
    const auto count = row[first + 2].as<std::int64_t>();
    return {.minute = minute_from(row[first]),
            .named = {analytics::region_key(text_from(row[first + 1])),
                      static_cast<std::uint32_t>(std::max<std::int64_t>(count, 0))}};
}

std::vector<ServiceRegionBin> service_regions_from(const pqxx::result& rows) {
    std::vector<ServiceRegionBin> bins;
    bins.reserve(rows.size());
    for (const auto& row : rows) bins.push_back({row[0].as<ServiceId>(), region_bin_from(row, 1)});
    return bins;
}

std::string ids_of(std::span<const ServiceId> services) {
    ArrayText ids;
    for (const auto id : services) ids.add(id);
    return ids.str();
}

std::vector<HourBin> hours_from(const pqxx::result& rows) {
    std::vector<HourBin> hours;
    for (const auto& row : rows)
        hours.push_back({.hour = time_from(row[0]),
                         .reports = row[1].as<std::uint32_t>(),
                         .works = row[2].as<std::uint32_t>()});
    return hours;
}

}  // namespace

Changes load_changes(Transaction& tx, std::int64_t after_epoch, Minute complete_until) {
    const auto state = tx.exec(sql::load_changes_until);
    Changes changes;
    changes.epoch = state[0][0].as<std::int64_t>();
    changes.complete_until = maybe_minute_from(state[0][1]).value_or(Minute{});
    if (changes.epoch == after_epoch) return changes;
    // Totals read now may hold more than `epoch` wrote; they are absolute, so the next look brings them again.
    const bool forgotten = state[0][2].as<std::int64_t>() > after_epoch + 1;
    changes.bins = forgotten ? load_bins_since(tx, complete_until)
                             : service_bins_from(tx.exec(sql::load_changed_bins, after_epoch));
    changes.regions = forgotten ? load_all_regions(tx, complete_until, std::nullopt)
                                : service_regions_from(tx.exec(sql::load_changed_regions, after_epoch));
    return changes;
}

std::vector<ServiceBin> load_bins_since(Transaction& tx, Minute from) {
    return service_bins_from(tx.exec(sql::load_open_bins, seconds(from)));
}

std::vector<analytics::Bin> load_bins(Transaction& tx, ServiceId service, Minute from, Minute to) {
    std::vector<analytics::Bin> bins;
    for (const auto& row : tx.exec(sql::load_bins, service, seconds(from), seconds(to)))
        bins.push_back(bin_from(row, 0));
    return bins;
}

std::vector<ServiceBin> load_all_bins(Transaction& tx, Minute from, Minute to) {
    return service_bins_from(tx.exec(sql::load_all_bins, seconds(from), seconds(to)));
}

std::vector<ServiceBin> load_bins_of(Transaction& tx, std::span<const ServiceId> services, Minute from,
                                     Minute to) {
    return service_bins_from(tx.exec(sql::load_bins_of, ids_of(services), seconds(from), seconds(to)));
}

std::vector<ServiceRegionBin> load_regions_of(Transaction& tx, std::span<const ServiceId> services, Minute from,
                                              Minute to) {
    return service_regions_from(tx.exec(sql::load_regions_of, ids_of(services), seconds(from), seconds(to)));
}

std::vector<ServiceRegionBin> load_all_regions(Transaction& tx, Minute from, std::optional<Minute> to) {
    const auto end = to ? std::to_string(seconds(*to)) : std::string{};
    return service_regions_from(tx.exec(sql::load_all_regions, seconds(from), to ? end.c_str() : nullptr));
}

std::vector<analytics::RegionBin> load_regions(Transaction& tx, ServiceId service, Minute from, Minute to) {
    std::vector<analytics::RegionBin> bins;
    for (const auto& row : tx.exec(sql::load_regions, service, seconds(from), seconds(to)))
        bins.push_back(region_bin_from(row, 0));
    return bins;
}

std::vector<std::uint32_t> load_counts(Transaction& tx, ServiceId service, Minute from, Minute to) {
    std::vector<std::uint32_t> counts(from < to ? static_cast<std::size_t>((to - from).count()) : 0);
    for (const auto& row : tx.exec(sql::load_counts, service, seconds(from), seconds(to)))
        counts.at(row[0].as<std::size_t>()) = row[1].as<std::uint32_t>();
    return counts;
}

std::unordered_map<ServiceId, Minute> load_first_minutes(Transaction& tx, std::span<const ServiceId> services,
                                                         Minute from) {
    std::unordered_map<ServiceId, Minute> first;
    for (const auto& row : tx.exec(sql::load_first_minutes, ids_of(services), seconds(from)))
        first[row[0].as<ServiceId>()] = minute_from(row[1]);
    return first;
}

void import_bins(Transaction& tx, const std::vector<ServiceBin>& bins) {
    write_bins(tx, bins);
    if (bins.empty()) return;
    const auto by_minute = [](const ServiceBin& a, const ServiceBin& b) { return a.bin.minute < b.bin.minute; };
    const auto [first, last] = std::minmax_element(bins.begin(), bins.end(), by_minute);
    sum_hours(tx, std::chrono::floor<std::chrono::hours>(first->bin.minute),
              std::chrono::floor<std::chrono::hours>(last->bin.minute) + std::chrono::hours{1});
    lower_days_until(tx, day_of(first->bin.minute));
}

void sum_hours(Transaction& tx, Minute from, Minute to) {
    tx.exec(sql::sum_hours, seconds(from), seconds(to));
}

std::vector<HourBin> load_hours(Transaction& tx, ServiceId service, Time from, Time to) {
    return hours_from(tx.exec(sql::load_hours, service, millis(from), millis(to)));
}

std::vector<HourBin> sum_days(Transaction& tx, ServiceId service, Time from, Time to) {
    return hours_from(tx.exec(sql::sum_days, service, millis(from), millis(to)));
}

std::vector<analytics::PlaceCount> load_places(Transaction& tx, ServiceId service, Minute from, Minute to) {
    std::vector<analytics::PlaceCount> places;
    for (const auto& row : tx.exec(sql::load_regions_share, service, seconds(from), seconds(to)))
        places.push_back({text_from(row[0]), row[1].as<std::uint64_t>()});
    return places;
}

std::vector<analytics::Bin> load_detail_bins(Transaction& tx, ServiceId service, const DetailFilter& filter,
                                             Minute from, Minute to, std::chrono::minutes step) {
    std::vector<analytics::Bin> bins;
    for (const auto& row :
         tx.exec(sql::load_detail_bins, service, seconds(from), seconds(to), step.count() * 60,
                 filter.category.value_or(-1), filter.region.value_or("*")))
        bins.push_back({.minute = minute_from(row[0]),
                        .reports = row[1].as<std::uint32_t>(),
                        .works = row[2].as<std::uint32_t>()});
    return bins;
}

std::vector<Share> load_breakdown(Transaction& tx, ServiceId service, BreakdownBy by, Minute from, Minute to) {
    const auto query = by == BreakdownBy::category ? sql::load_categories_share : sql::load_regions_share;
    std::vector<Share> shares;
    for (const auto& row : tx.exec(query, service, seconds(from), seconds(to)))
        shares.push_back({.key = text_from(row[0]), .count = row[1].as<std::uint64_t>()});
    return shares;
}

}  // namespace outcry::storage
