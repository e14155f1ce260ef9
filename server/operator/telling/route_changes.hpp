// server/operator/telling/route_changes.hpp: which news goes where, as operators set it up, with its line in
// the audit log.
#pragma once
#include <optional>

#include "server/live/catalogue.hpp"
#include "server/operator/account/actor.hpp"
#include "server/operator/input.hpp"
#include "server/pages/words.hpp"
#include "server/storage/alert_routes.hpp"

namespace outcry::operators {

extern const std::vector<std::string_view> route_fields;

/// The route that was typed, as far as it can be read; `flaws` says what cannot. Service by slug; spans in
/// minutes; quiet hours as "22:00".
storage::AlertRoute read_route(const Input&, const std::vector<storage::Target>&, const live::Catalogue&,
                               const pages::Words&, Flaws& flaws);

std::int32_t add_route(storage::Transaction&, const storage::AlertRoute&, const Actor&, Time now);
bool edit_route(storage::Transaction&, const storage::AlertRoute&, const Actor&, Time now);
bool remove_route(storage::Transaction&, std::int32_t id, const Actor&, Time now);

}  // namespace outcry::operators
