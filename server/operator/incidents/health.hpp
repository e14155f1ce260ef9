// server/operator/incidents/health.hpp: how the parts of this installation stand, each with a sentence that
// says what to do when it does not stand well.
#pragma once
#include <cstdint>
#include <kainjow/mustache.hpp>
#include <optional>
#include <string>

#include "server/live/clock.hpp"
#include "server/pages/words.hpp"
#include "server/storage/condition.hpp"

namespace outcry::operators {

struct Health {
    storage::Condition condition;
    storage::Sending sending;  // of the last 24 hours
    storage::Reading reading;
    Minute judged_until{};
    std::optional<std::uint64_t> disk_free, disk_size;  // bytes
};

/// What the database knows.
Health load_health(storage::Transaction&, const live::Clock&);
/// Adds what is free where `folder` is; nothing when it is empty or cannot be looked at.
void look_at_disk(Health&, const std::string& folder);

/// Whether counting has fallen behind `now`.
bool is_late(const Health&, const live::Clock&);
/// For each part {name, state, state_text, note}.
kainjow::mustache::list part_rows(const Health&, const live::Clock&, const pages::Words&);

}  // namespace outcry::operators
