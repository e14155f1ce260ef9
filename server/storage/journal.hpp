// server/storage/journal.hpp: the append-only table that makes a report durable before it is counted.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/time.hpp"
#include "server/storage/database.hpp"

namespace outcry::storage {

void append_journal(Transaction&, std::int32_t node, std::string_view batch);

/// Takes rows away, at most `bytes` of them; they are gone when the transaction commits.
struct TakenRows {
    std::vector<std::string> batches;
    bool drained = true;  // nothing was left behind
};
TakenRows take_journal(Transaction&, std::size_t bytes);

/// Puts a batch aside that could not be read, so that it stops nothing and is not lost.
void keep_unreadable(Transaction&, std::string_view batch, const std::string& cause, Time now);

}  // namespace outcry::storage
