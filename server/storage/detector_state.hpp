// server/storage/detector_state.hpp: what was learned about each service, as bytes, and how far changes of
// state are recorded.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

struct SavedState {
    ServiceId service{};
    Minute until{};     // it has seen every bin before this, and nothing else
    std::string bytes;  // analytics::Monitor::save
};

/// Of these services; those of which nothing is saved are left out.
std::vector<SavedState> load_states(Transaction&, std::span<const ServiceId>);
/// An older state never replaces a newer one. A few hundred at a time keep the transaction short.
void save_states(Transaction&, std::span<const SavedState>);

/// Every change of state that bins before this brought has been recorded; nothing before the first time.
std::optional<Minute> load_recorded_until(Transaction&);
/// Never lowers it.
void raise_recorded_until(Transaction&, Minute);

}  // namespace outcry::storage
