// tests/support/people.hpp: made-up reporters, each the same one every time.
#pragma once
#include <string>
#include <vector>

#include "ingest/journal_batch.hpp"
#include "ingest/report.hpp"
#include "ingest/report_id.hpp"
#include "server/storage/database.hpp"
#include "server/storage/journal.hpp"

namespace outcry::tests {

/// A problem report of person number `who`, each from a network of its own.
inline ingest::Report report_of(int who, analytics::ServiceId service, Time at) {
    ingest::Report report;
    report.id = ingest::make_report_id(at);
    report.service = service;
    report.at = at;
    for (int i = 0; i < 4; ++i) {
        report.reporter[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(who >> (8 * i));
        report.prefix[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(who >> (8 * i));
    }
    return report;
}

inline void put_in_journal(storage::Database& database, const std::vector<ingest::Report>& reports) {
    const auto batch = ingest::encode_batch(reports);
    database.run([&](storage::Transaction& tx) { storage::append_journal(tx, 1, batch); });
}

}  // namespace outcry::tests
