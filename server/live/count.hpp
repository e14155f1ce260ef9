// server/live/count.hpp: what one cycle of the tally does inside its transaction, and what it remembers for the
// next.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "ingest/counting.hpp"
#include "ingest/report.hpp"
#include "server/storage/progress.hpp"
#include "server/storage/reports.hpp"

namespace outcry::live {

/// Copies of rows that only the tally writes; worth nothing once anyone else has counted, or a commit has
/// failed.
struct CountingMemory {
    using DetailKey = std::tuple<storage::ServiceId, Minute, bool, storage::CategoryId, std::string>;

    std::int64_t epoch = -1;  // after which it was true; -1: nothing known
    std::map<std::pair<storage::ServiceId, Minute>, analytics::Bin>
        bins;                                              // of the minutes that are not complete
    std::map<DetailKey, std::int32_t> details;             // of the same minutes
    std::map<std::int32_t, ingest::WindowLedger> ledgers;  // by window number
    std::set<std::int32_t> days;                           // whose partitions exist
};

struct CycleLimits {
    std::chrono::milliseconds grace;
    std::size_t bytes;
};

struct CycleResult {
    bool changed = false;  // something was counted or a minute was completed
    bool drained = true;   // nothing was left behind in the journal
};

/// Takes journal rows away, rules on each report, and writes reports, absolute totals and the next epoch. All
/// of it belongs to the caller's transaction, which holds the tally's lock from here on.
CycleResult count_journal(storage::Transaction&, CountingMemory&, Time now, const CycleLimits&);

}  // namespace outcry::live
