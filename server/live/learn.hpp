// server/live/learn.hpp: services of which nothing is saved, learned from summaries instead of from every
// minute.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "analytics/monitor.hpp"
#include "server/live/settings_history.hpp"
#include "server/storage/database.hpp"
#include "server/storage/days.hpp"
#include "server/storage/services.hpp"

namespace outcry::live {

/// Each zone loaded once, for services by the thousand.
class Zones {
 public:
    explicit Zones(Time now) : now_(now) {}
    std::shared_ptr<const analytics::ZoneOffsets> operator()(const std::string& name);

 private:
    Time now_;
    std::unordered_map<std::string, std::shared_ptr<const analytics::ZoneOffsets>> loaded_;
};

/// A service that begins at `first`, unless summaries tell more quickly what it was like.
struct Unlearned {
    const storage::Service* service = nullptr;
    Minute first{};
};

struct Taught {
    storage::ServiceId service{};
    analytics::Monitor monitor;
};

/// So many minutes before the end are judged one by one even then: what is running at the end has begun in
/// them.
inline constexpr std::chrono::hours judged_by_minute{6};

/// Monitors that stand where minutes must take over, at a full hour `judged_by_minute` before `until`: taught
/// by the quarter-hours of days that are summed up, and by hours (a quarter each) after those. Services that
/// begin later are left out. Reads pieces while the last one is taught.
boost::asio::awaitable<std::vector<Taught>> learn(storage::Database&, const SettingsHistory&, Zones&,
                                                  const std::vector<Unlearned>&, storage::Day summed_until,
                                                  Minute until);

}  // namespace outcry::live
