// server/storage/progress.hpp: how far the tally has come, and what it writes: for the tally alone.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "server/storage/bins.hpp"
#include "server/storage/database.hpp"

namespace outcry::storage {

struct Progress {
    std::int64_t epoch = 0;   // rises by one with each cycle that wrote something
    Minute complete_until{};  // bins before this never change; {} before the first cycle
    bool waiting = false;     // the journal holds something
};

/// Where nothing has been counted yet: counting begins at `minute`, and whatever came before is complete.
void begin_counting(Transaction&, Minute);

/// Without a lock: is there anything to do?
Progress load_progress(Transaction&);
/// With the lock that orders the tallies of all nodes, held until the transaction ends; `waiting` is not looked
/// at.
Progress lock_progress(Transaction&);

/// The reports of one minute that named the same things.
struct DetailBin {
    ServiceId service{};
    Minute minute{};
    bool works = false;
    CategoryId category = 0;
    std::string region;
    std::int32_t reports =
        0;  // negative when reports of earlier minutes have moved on to what they named later
};
std::vector<DetailBin> load_details_since(Transaction&, Minute from);

/// Absolute totals: writing the same again changes nothing.
void write_bins(Transaction&, std::span<const ServiceBin>);
void write_details(Transaction&, std::span<const DetailBin>);

/// Ends a cycle: the new epoch with the bins it touched.
void write_progress(Transaction&, const Progress&, std::span<const ServiceBin> touched);

}  // namespace outcry::storage
