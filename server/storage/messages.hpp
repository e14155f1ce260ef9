// server/storage/messages.hpp: what people write, counted by signature and hour.
#pragma once
#include <span>
#include <vector>

#include "analytics/signature.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

/// Messages from as many different networks are remembered of a signature, and needed before it is told.
inline constexpr std::size_t voices_kept = 5;

struct HourMessages {
    ServiceId service{};
    Minute hour{};  // its beginning
    analytics::MessageCount messages;
};
/// Adds to what was counted before; at most one for each service, hour and signature.
void add_messages(Transaction&, std::span<const HourMessages>);

/// What was written in the hours of [from, to], by signature; of each hour the most frequent ones.
std::vector<analytics::MessageCount> load_messages(Transaction&, ServiceId, Minute from, Minute to);

/// Removes hours that are over for two days.
void forget_messages(Transaction&, Time now);

}  // namespace outcry::storage
