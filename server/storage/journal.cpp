// server/storage/journal.cpp: written by many, taken by one.
#include "server/storage/journal.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {
constexpr std::size_t most_rows = 5'000;  // of one taking; keeps the plan's sort and the delete short
}

void append_journal(Transaction& tx, std::int32_t node, std::string_view batch) {
    tx.exec(sql::append_journal, node, bytes(batch));
}

TakenRows take_journal(Transaction& tx, std::size_t most_bytes) {
    const auto rows = tx.exec(sql::take_journal, most_bytes, most_rows);
    TakenRows taken;
    std::size_t size = 0;
    for (const auto& row : rows) size += taken.batches.emplace_back(bytes_from(row[0])).size();
    taken.drained = size < most_bytes && taken.batches.size() < most_rows;
    return taken;
}

void keep_unreadable(Transaction& tx, std::string_view batch, const std::string& cause, Time now) {
    tx.exec(sql::keep_unreadable, bytes(batch), cause, millis(now));
}

}  // namespace outcry::storage
