// server/storage/alert_routes.hpp: which news goes to which target, and when it waits.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/services.hpp"
#include "server/storage/targets.hpp"

namespace outcry::storage {

/// Every day, in a zone; a span may pass midnight.
struct QuietHours {
    std::chrono::minutes from{}, to{};  // since midnight, [0, 24 h)
    std::string zone = "UTC";           // IANA
};

struct AlertRoute {
    std::int32_t id{};
    TargetId target{};
    std::optional<ServiceId> service{};  // none: any
    std::string group{}, region{};       // empty: any
    std::optional<int> severity{};       // from so many times the usual on, 2 … 10,000; none: any
    std::optional<QuietHours> quiet{};
    std::optional<std::chrono::minutes> remind{};    // how often, while an incident lasts
    std::optional<std::chrono::minutes> escalate{};  // only what nobody acknowledged within this
    // As it is read; nothing is written of these. A service keeps its own when it is archived.
    std::string target_name{}, service_slug{}, service_name{};
};

std::vector<AlertRoute> load_alert_routes(Transaction&);
/// Nothing when there is no such route in force.
std::optional<AlertRoute> load_alert_route(Transaction&, std::int32_t id);
/// Until this transaction ends nobody else changes it. Call it before reading what is to be changed.
void lock_alert_route(Transaction&, std::int32_t id);
std::int32_t add_alert_route(Transaction&, const AlertRoute&, Time now);
/// All but id and target. False when there is no such route.
bool edit_alert_route(Transaction&, const AlertRoute&);
bool remove_alert_route(Transaction&, std::int32_t id, Time now);

}  // namespace outcry::storage
