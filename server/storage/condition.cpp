// server/storage/condition.cpp: see the header.
#include "server/storage/condition.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

Condition load_condition(Transaction& tx) {
    const auto row = tx.exec(sql::load_condition)[0];
    return {.complete_until = maybe_minute_from(row[0]),
            .waiting = row[1].as<bool>(),
            .bytes = row[2].as<std::uint64_t>()};
}

std::vector<Traffic> load_traffic(Transaction& tx, Minute from, int most) {
    std::vector<Traffic> traffic;
    for (const auto& row : tx.exec(sql::load_traffic, seconds(from), most))
        traffic.push_back({.service = row[0].as<ServiceId>(),
                           .counted = row[1].as<std::uint64_t>(),
                           .repeated = row[2].as<std::uint64_t>(),
                           .limited = row[3].as<std::uint64_t>()});
    return traffic;
}

Sending load_sending(Transaction& tx, Time since, Time by) {
    const auto row = tx.exec(sql::load_sending, millis(since), millis(by))[0];
    return {.settled = row[0].as<std::uint64_t>(),
            .failed = row[1].as<std::uint64_t>(),
            .failing = row[2].as<std::uint64_t>(),
            .due = maybe_time_from(row[3])};
}

Reading load_reading(Transaction& tx) {
    const auto row = tx.exec(sql::load_reading)[0];
    return {
        .pages = row[0].as<std::uint64_t>(), .failing = row[2].as<std::uint64_t>(), .names = text_from(row[1])};
}

}  // namespace outcry::storage
