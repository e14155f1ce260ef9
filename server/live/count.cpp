// server/live/count.cpp: a cycle, in order: lock, remember, take, rule, write.
#include "server/live/count.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "ingest/journal_batch.hpp"
#include "ingest/report_id.hpp"
#include "server/live/details.hpp"
#include "server/live/messages.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/journal.hpp"

namespace outcry::live {
namespace {

using ingest::Outcome;
using ingest::Report;

constexpr std::size_t ledgers_kept = 4;  // the present window, two for late batches, and one to spare

ingest::PrefixKey prefix_bytes(std::int64_t number) {
    ingest::PrefixKey bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    return bytes;
}

std::int64_t prefix_number(const ingest::PrefixKey& bytes) {
    std::uint64_t number = 0;
    for (const auto byte : bytes) number = number << 8 | byte;
    return static_cast<std::int64_t>(number);
}

void remember_open_minutes(storage::Transaction& tx, CountingMemory& memory,
                           const storage::Progress& progress) {
    memory = {};
    memory.epoch = progress.epoch;
    for (const auto& [service, bin] : storage::load_bins_since(tx, progress.complete_until))
        memory.bins[{service, bin.minute}] = bin;
    for (auto& row : storage::load_details_since(tx, progress.complete_until))
        memory.details[{row.service, row.minute, row.works, row.category, std::move(row.region)}] = row.reports;
}

/// The ledger of a window as the stored reports tell it; read when the window is met for the first time.
ingest::WindowLedger& ledger_of(storage::Transaction& tx, CountingMemory& memory, std::int32_t window) {
    const auto known = memory.ledgers.find(window);
    if (known != memory.ledgers.end()) return known->second;
    auto& ledger = memory.ledgers[window];
    for (auto& row : storage::load_window(tx, window)) {
        Report report;
        report.id = row.id;
        report.service = row.service;
        report.reporter = row.reporter;
        report.prefix = prefix_bytes(row.prefix);
        report.works = row.works;
        report.category = row.category;
        report.region = std::move(row.region);
        report.message = std::move(row.message);
        ledger.restore(report, static_cast<Outcome>(row.outcome));
    }
    return ledger;
}

/// In order of their ids, that is of their time.
std::vector<Report> decode(storage::Transaction& tx, const std::vector<std::string>& batches, Time now) {
    std::vector<Report> reports;
    for (const auto& batch : batches) {
        try {
            auto decoded = ingest::decode_batch(batch);
            std::move(decoded.begin(), decoded.end(), std::back_inserter(reports));
        } catch (const std::invalid_argument& error) {
            spdlog::error("a journal row cannot be read and is put aside in journal_unreadable: {}",
                          error.what());
            storage::keep_unreadable(tx, batch, error.what(), now);
        }
    }
    std::stable_sort(reports.begin(), reports.end(),
                     [](const Report& a, const Report& b) { return a.id < b.id; });
    return reports;
}

void add(analytics::Bin& bin, const Report& report, Outcome outcome) {
    switch (outcome) {
        case Outcome::counted:
            ++(report.works ? bin.works : bin.reports);
            break;
        case Outcome::repeated:
            ++bin.repeated;
            break;
        case Outcome::limited:
            ++bin.limited;
            break;
        case Outcome::known:
            break;
    }
}

storage::StoredReport row_of(Report&& report, std::int32_t window, Minute minute, Outcome outcome) {
    return {.window = window,
            .id = report.id,
            .service = report.service,
            .minute = minute,
            .at = report.at,
            .reporter = report.reporter,
            .prefix = prefix_number(report.prefix),
            .works = report.works,
            .outcome = static_cast<std::int16_t>(outcome),
            .category = report.category,
            .region = std::move(report.region),
            .message = std::move(report.message),
            .detail_minute = std::nullopt};
}

void make_days(storage::Transaction& tx, CountingMemory& memory,
               const std::vector<storage::StoredReport>& rows) {
    for (const auto& row : rows)
        if (memory.days.insert(row.window / 96).second) storage::make_report_day(tx, row.window);
}

void forget_before(CountingMemory& memory, Minute complete_until) {
    std::erase_if(memory.bins, [&](const auto& entry) { return entry.first.second < complete_until; });
    std::erase_if(memory.details,
                  [&](const auto& entry) { return std::get<Minute>(entry.first) < complete_until; });
    while (memory.ledgers.size() > ledgers_kept) memory.ledgers.erase(memory.ledgers.begin());
}

}  // namespace

CycleResult count_journal(storage::Transaction& tx, CountingMemory& memory, Time now,
                          const CycleLimits& limits) {
    auto progress = storage::lock_progress(tx);
    const Minute due = minute_of(now - limits.grace), before = progress.complete_until;
    if (before == Minute{}) progress.complete_until = due;  // the first cycle ever: counting begins here
    if (memory.epoch != progress.epoch) remember_open_minutes(tx, memory, progress);

    const auto taken = storage::take_journal(tx, limits.bytes);
    std::vector<storage::StoredReport> rows;
    std::set<std::pair<storage::ServiceId, Minute>> touched;
    DetailCount details{memory.details};
    MessageCount messages;
    for (auto& report : decode(tx, taken.batches, now)) {
        const auto at = ingest::time_of(report.id);
        const auto window = storage::window_number(window_of(at));
        const auto ruling = ledger_of(tx, memory, window).rule(report);
        if (ruling.outcome == Outcome::known) continue;
        // A complete minute never changes, and none is counted before it has begun.
        const auto minute = std::max(progress.complete_until, std::min(minute_of(at), minute_of(now)));
        auto& bin = memory.bins[{report.service, minute}];
        bin.minute = minute;
        add(bin, report, ruling.outcome);
        touched.insert({report.service, minute});
        if (ruling.outcome == Outcome::counted) details.count(report, minute);
        if (ruling.outcome == Outcome::counted || (ruling.adds_message && ruling.first_counted))
            messages.note(report, minute);
        if (ruling.adds_detail) details.add_to_first(report, ruling, window, minute);
        rows.push_back(row_of(std::move(report), window, minute, ruling.outcome));
    }
    const auto later = details.settle(tx, rows);

    // Everything committed before `now` has been seen, so what ended `grace` before it is whole.
    if (taken.drained) progress.complete_until = std::max(progress.complete_until, due);
    const CycleResult result{.changed = !rows.empty() || progress.complete_until != before,
                             .drained = taken.drained};
    if (!result.changed) return result;

    make_days(tx, memory, rows);
    storage::insert_reports(tx, rows);
    storage::add_details(tx, later);
    std::vector<storage::ServiceBin> bins;
    for (const auto& key : touched) bins.push_back({key.first, memory.bins[key]});
    storage::write_bins(tx, bins);
    storage::write_details(tx, details.touched());
    storage::add_messages(tx, std::move(messages).rows());
    const auto hour = [](Minute minute) { return std::chrono::floor<std::chrono::hours>(minute); };
    if (before != Minute{} && hour(progress.complete_until) != hour(before))
        storage::sum_hours(tx, hour(before), hour(progress.complete_until));
    ++progress.epoch;
    storage::write_progress(tx, progress, bins);

    memory.epoch = progress.epoch;
    forget_before(memory, progress.complete_until);
    return result;
}

}  // namespace outcry::live
