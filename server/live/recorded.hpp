// server/live/recorded.hpp: what the board was given of one service, read back, so that it can be judged again.
#pragma once
#include <chrono>
#include <vector>

#include "analytics/backtest.hpp"
#include "server/storage/services.hpp"

namespace outcry::live {

struct Recorded {
    analytics::Recording recording;                  // the window, and up to 60 days before it that only teach
    Minute from{}, to{};                             // the window: what of it there are complete bins for
    std::vector<storage::SettingsVersion> versions;  // in force in the window, oldest first
};

/// The last `window` of complete bins of a service, begun where the board begins (raise.hpp), with every change
/// of settings at its bin. A service with less than 60 days before the window is judged again to the byte; an
/// older one by what 60 days taught. Empty before anything was counted.
Recorded load_recorded(storage::Transaction&, const storage::Service&, std::chrono::minutes window);

}  // namespace outcry::live
