// server/storage/detector_state.cpp: one row for each service.
#include "server/storage/detector_state.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::vector<SavedState> load_states(Transaction& tx, std::span<const ServiceId> services) {
    ArrayText ids;
    for (const auto id : services) ids.add(id);
    std::vector<SavedState> states;
    for (const auto& row : tx.exec(sql::load_states, ids.str()))
        states.push_back({row[0].as<ServiceId>(), minute_from(row[1]), bytes_from(row[2])});
    return states;
}

void save_states(Transaction& tx, std::span<const SavedState> states) {
    for (const auto& state : states)
        tx.exec(sql::save_state, state.service, seconds(state.until), bytes(state.bytes));
}

std::optional<Minute> load_recorded_until(Transaction& tx) {
    return maybe_minute_from(tx.exec(sql::load_recorded_until)[0][0]);
}

void raise_recorded_until(Transaction& tx, Minute until) {
    tx.exec(sql::raise_recorded_until, seconds(until));
}

}  // namespace outcry::storage
