// server/operator/telling/addresses.hpp: where the pages of notifications are, within the site.
#pragma once
#include <string>

#include "server/storage/deliveries.hpp"
#include "server/storage/targets.hpp"

namespace outcry::operators {

inline const std::string notifications_home = "/admin/notifications";

inline std::string target_path(storage::TargetId id) {
    return notifications_home + '/' + std::to_string(id);
}
inline std::string line_path(std::int32_t id) {
    return notifications_home + "/routes/" + std::to_string(id);
}
inline std::string delivery_path(storage::DeliveryId id) {
    return notifications_home + "/deliveries/" + std::to_string(id);
}

}  // namespace outcry::operators
