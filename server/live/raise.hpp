// server/live/raise.hpp: brings services onto the board: what was learned, and every bin since.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <unordered_map>
#include <vector>

#include "analytics/board.hpp"
#include "server/live/settings_history.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::live {

struct Raised {
    std::int64_t epoch = 0;                          // whatever later epochs touched has yet to be read
    std::optional<Minute> recorded_until;            // what earlier bins brought has been recorded
    std::vector<analytics::Transition> transitions;  // what the replayed bins brought
};

inline constexpr std::chrono::days most_history{60};  // learned from when nothing is saved

/// Where the watch over a service begins that nothing is saved of: at its first bin or when it was added,
/// whichever is earlier, but not before `horizon`.
Minute first_watched(const storage::Service&,
                     const std::unordered_map<storage::ServiceId, Minute>& first_minutes, Minute horizon);

/// Puts `services` onto the board, restored from saved state or begun at their first bin (not more than 60 days
/// back), and replays minute bins up to where the board stands (an empty one: up to the last complete one):
/// afterwards they stand as if they had been watched all the time. Where that would be more than ten million
/// minutes, most of them are learned from summaries (learn.hpp), which differs a little. Bins of the last 48
/// hours are on the board too. Works in bounded pieces; the database may be away for 10 s at a time.
boost::asio::awaitable<Raised> raise(storage::Database&, analytics::Board&, const SettingsHistory&,
                                     std::vector<storage::Service> services, Time now);

}  // namespace outcry::live
