// server/storage/condition.hpp: how this installation stands, for operators: freshness, size, traffic not
// counted.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::storage {

struct Condition {
    std::optional<Minute> complete_until{};  // bins before this are counted
    bool waiting = false;                    // reports that are durable and not counted yet
    std::uint64_t bytes = 0;                 // of the database
};
Condition load_condition(Transaction&);

/// Reports of one service that were stored and not counted.
struct Traffic {
    ServiceId service{};
    std::uint64_t counted = 0;
    std::uint64_t repeated = 0;  // their reporter had counted in the same quarter hour
    std::uint64_t limited = 0;   // their network had given its share
};
/// Services where some were limited, or more repeated than counted, since `from`; the most first.
std::vector<Traffic> load_traffic(Transaction&, Minute from, int most);

/// How messages to targets go out.
struct Sending {
    std::uint64_t settled = 0, failed = 0;  // since a time
    std::uint64_t failing = 0;              // targets whose last attempt failed
    std::optional<Time> due{};              // of the oldest message that should have gone out and has not
};
/// Settled since `since`; should have gone out by `by`.
Sending load_sending(Transaction&, Time since, Time by);

/// How providers' pages are read.
struct Reading {
    std::uint64_t pages = 0, failing = 0;  // failing: its last three tries failed
    std::string names;                     // of the services whose pages fail, with commas between them
};
Reading load_reading(Transaction&);

}  // namespace outcry::storage
