// server/storage/journal.hpp: the append-only table that makes a report durable before it is counted.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

void append_journal(Transaction&, std::int32_t node, std::string_view batch);

/// Takes rows away, at most `bytes` of them; they are gone when the transaction commits.
struct TakenRows {
    std::vector<std::string> batches;
    bool drained = true;  // nothing was left behind
};
TakenRows take_journal(Transaction&, std::size_t bytes);

}  // namespace outcry::storage
