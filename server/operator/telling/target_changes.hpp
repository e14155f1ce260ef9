// server/operator/telling/target_changes.hpp: targets as operators set them up; each change with its line in
// the audit log.
#pragma once
#include <optional>
#include <string>

#include "server/operator/account/actor.hpp"
#include "server/operator/input.hpp"
#include "server/operator/telling/check_address.hpp"
#include "server/pages/words.hpp"
#include "server/storage/targets.hpp"

namespace outcry::operators {

/// Name, kind, address and secret as they were typed.
storage::Target read_target(const Input&);
extern const std::vector<std::string_view> target_fields;

/// What is wrong with a target before it is stored. A webhook without a secret gets one of our own; PagerDuty
/// without an address gets the usual one; so `target` is filled up. `fresh`: its secret must be there. Blocks.
Flaws check_target(storage::Target& target, bool fresh, const CheckAddress&, const pages::Words&);

/// As the API and people see it: of a chat's address, which is a secret itself, the host alone.
std::string shown_address(const storage::Target&);

/// Nothing when the name is taken.
std::optional<storage::TargetId> add_target(storage::Transaction&, const storage::Target&, const Actor&,
                                            Time now);
enum class Edited { done, unknown, taken };
Edited edit_target(storage::Transaction&, const storage::Target&, const Actor&, Time now);
bool remove_target(storage::Transaction&, storage::TargetId, const Actor&, Time now);
/// The fresh secret; the old one signs beside it for 24 hours. Nothing when it is no webhook.
std::optional<std::string> rotate_secret(storage::Transaction&, storage::TargetId, const Actor&, Time now);
bool switch_target(storage::Transaction&, storage::TargetId, bool on, const Actor&, Time now);
/// A message that says it is a test, on its way to this target alone.
bool send_test(storage::Transaction&, storage::TargetId, const Actor&, Time now);
bool redeliver(storage::Transaction&, std::int64_t delivery, const Actor&, Time now);

}  // namespace outcry::operators
