// server/pages/brief.hpp: one service in a line: what lists and tiles know of it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analytics/board.hpp"
#include "server/live/announced_work.hpp"
#include "server/pages/words.hpp"
#include "server/storage/services.hpp"

namespace outcry::pages {

struct Brief {
    std::string slug, name;
    analytics::Verdict verdict;
    std::uint32_t peak = 0;   // of its open incident; 0 without one
    bool collateral = false;  // looks like a by-product of the service on whose page it stands
    std::optional<storage::Maintenance> work{};  // under way

    /// As it is shown: "maintenance" while it is worked on.
    std::string state() const { return live::shown_state(verdict.state, work ? &*work : nullptr); }
};

/// `work`: what is under way; may be null.
Brief make_brief(const storage::Service&, const analytics::Standing&, const storage::Maintenance* work);

/// Reports per 15 minutes over the six hours before the last complete minute, oldest first.
std::vector<std::uint32_t> quarter_hours(const analytics::Board&, storage::ServiceId, std::size_t n = 24);

/// "As usual", "640 × usual", "Easing off", "Maintenance", "Maintenance · 640 × usual".
std::string short_state(const Brief&, const Words&);

/// "Spike in reports", "Planned maintenance", "Planned maintenance · Spike in reports".
std::string long_state(const Brief&, const Words&);

/// possible, spike or recovering.
inline bool is_elevated(analytics::State state) {
    return state != analytics::State::normal && state != analytics::State::insufficient_data;
}

/// possible or spike.
inline bool is_rising(analytics::State state) {
    return state == analytics::State::possible || state == analytics::State::spike;
}

}  // namespace outcry::pages
