// server/operator/telling/route_changes.hpp: which news goes where, as operators set it up, with its line in
// the audit log.
#pragma once
#include <optional>
#include <string>

#include "server/live/catalogue.hpp"
#include "server/operator/account/actor.hpp"
#include "server/operator/input.hpp"
#include "server/pages/words.hpp"
#include "server/storage/alert_routes.hpp"

namespace outcry::operators {

extern const std::vector<std::string_view> route_fields;

/// The conditions that were typed, as far as they can be read; `flaws` says what cannot. Service by slug; spans
/// in minutes; quiet hours as "22:00".
storage::AlertRoute read_conditions(const Input&, const live::Catalogue&, const pages::Words&, Flaws& flaws);
/// With the target, one of these.
storage::AlertRoute read_route(const Input&, const std::vector<storage::Target>&, const live::Catalogue&,
                               const pages::Words&, Flaws& flaws);

/// The fields that read_route() reads this one from.
Input typed_from(const storage::AlertRoute&);

/// Changes with every condition of the route; a form has it of what it was made from.
std::string tag_of(const storage::AlertRoute&);

/// Nothing when its target has been removed meanwhile.
std::optional<std::int32_t> add_route(storage::Transaction&, const storage::AlertRoute&, const Actor&,
                                      Time now);
/// `moved`: it is another target's, which stays as it is. `lost`: it is not what `made_from` is the tag of.
enum class RouteEdited { done, unknown, moved, lost };
RouteEdited edit_route(storage::Transaction&, const storage::AlertRoute&, const Actor&, Time now,
                       const std::optional<std::string>& made_from = {});
bool remove_route(storage::Transaction&, std::int32_t id, const Actor&, Time now);

}  // namespace outcry::operators
