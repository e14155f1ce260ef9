// server/storage/progress.cpp: state, epochs and absolute totals.
#include "server/storage/progress.hpp"

#include <algorithm>

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

constexpr std::size_t most = 50'000;  // rows of one statement, so that its parameters stay small

Progress progress_from(const pqxx::result& rows) {
    return {.epoch = rows[0][0].as<std::int64_t>(),
            .complete_until = maybe_minute_from(rows[0][1]).value_or(Minute{}),
            .waiting = rows[0][2].as<bool>()};
}

}  // namespace

void begin_counting(Transaction& tx, Minute minute) {
    tx.exec(sql::begin_counting, seconds(minute));
}

Progress load_progress(Transaction& tx) {
    return progress_from(tx.exec(sql::load_progress));
}
Progress lock_progress(Transaction& tx) {
    return progress_from(tx.exec(sql::lock_progress));
}

std::vector<DetailBin> load_details_since(Transaction& tx, Minute from) {
    std::vector<DetailBin> bins;
    for (const auto& row : tx.exec(sql::load_open_details, seconds(from)))
        bins.push_back({.service = row[0].as<ServiceId>(),
                        .minute = minute_from(row[1]),
                        .works = row[2].as<bool>(),
                        .category = row[3].as<CategoryId>(),
                        .region = text_from(row[4]),
                        .reports = row[5].as<std::int32_t>()});
    return bins;
}

void write_bins(Transaction& tx, std::span<const ServiceBin> bins) {
    while (!bins.empty()) {
        const auto piece = bins.first(std::min(most, bins.size()));
        bins = bins.subspan(piece.size());
        ArrayText service, minute, reports, works, repeated, limited;
        for (const auto& [id, bin] : piece) {
            service.add(id);
            minute.add(seconds(bin.minute));
            reports.add(bin.reports);
            works.add(bin.works);
            repeated.add(bin.repeated);
            limited.add(bin.limited);
        }
        tx.exec(sql::write_bins, service.str(), minute.str(), reports.str(), works.str(), repeated.str(),
                limited.str());
    }
}

void write_details(Transaction& tx, std::span<const DetailBin> bins) {
    while (!bins.empty()) {
        const auto piece = bins.first(std::min(most, bins.size()));
        bins = bins.subspan(piece.size());
        ArrayText service, minute, works, category, region, reports;
        for (const auto& bin : piece) {
            service.add(bin.service);
            minute.add(seconds(bin.minute));
            works.add(bin.works);
            category.add(bin.category);
            region.add(bin.region);
            reports.add(bin.reports);
        }
        tx.exec(sql::write_details, service.str(), minute.str(), works.str(), category.str(), region.str(),
                reports.str());
    }
}

void write_progress(Transaction& tx, const Progress& progress, std::span<const ServiceBin> touched) {
    ArrayText services, minutes;
    for (const auto& [service, bin] : touched) {
        services.add(service);
        minutes.add(seconds(bin.minute));
    }
    tx.exec(sql::write_fold, progress.epoch, services.str(), minutes.str());
    tx.exec(sql::write_progress, progress.epoch, seconds(progress.complete_until));
}

}  // namespace outcry::storage
