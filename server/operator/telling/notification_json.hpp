// server/operator/telling/notification_json.hpp: the shapes of targets, routes, deliveries, windows and
// silences; no secret is ever among them.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "server/live/catalogue.hpp"
#include "server/storage/alert_routes.hpp"
#include "server/storage/deliveries.hpp"
#include "server/storage/quiet.hpp"

namespace outcry::operators {

nlohmann::json to_json(const storage::Target&, Time now);
nlohmann::json to_json(const storage::AlertRoute&, const live::Catalogue&);
nlohmann::json to_json(const storage::DeliveryRecord&);
/// With what was sent and every attempt's answer.
nlohmann::json to_json(const storage::DeliveryRecord&, const std::vector<storage::Attempt>&);
nlohmann::json to_json(const storage::Maintenance&, const live::Catalogue&);
nlohmann::json to_json(const storage::Silence&, const live::Catalogue&);

/// Bytes of any kind as text that can be shown: bad UTF-8 is replaced.
std::string readable(const std::string& bytes);

}  // namespace outcry::operators
