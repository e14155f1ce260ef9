// tests/support/people.hpp: made-up reporters, each the same one every time.
#pragma once
#include <cstring>
#include <string>
#include <vector>

#include "ingest/journal_batch.hpp"
#include "ingest/report.hpp"
#include "ingest/report_id.hpp"
#include "server/storage/database.hpp"
#include "server/storage/journal.hpp"

namespace outcry::tests {

/// Looks like the keyed hashes of real reporters: the same number, the same key.
inline std::uint64_t stirred(std::uint64_t number) {
    number = (number + 1) * 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

/// A problem report of person number `who`, each from a network of its own.
inline ingest::Report report_of(int who, analytics::ServiceId service, Time at) {
    ingest::Report report;
    report.id = ingest::make_report_id(at);
    report.service = service;
    report.at = at;
    const auto key = stirred(static_cast<std::uint64_t>(who));
    std::memcpy(report.reporter.data(), &key, sizeof key);
    std::memcpy(report.prefix.data(), &key, sizeof key);
    return report;
}

inline void put_in_journal(storage::Database& database, const std::vector<ingest::Report>& reports) {
    const auto batch = ingest::encode_batch(reports);
    database.run([&](storage::Transaction& tx) { storage::append_journal(tx, 1, batch); });
}

}  // namespace outcry::tests
