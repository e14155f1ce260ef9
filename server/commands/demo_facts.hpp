// server/commands/demo_facts.hpp: what became of the demo's services, read from its database.
#pragma once
#include <vector>

#include "server/commands/demo_verdict.hpp"
#include "server/commands/demo_world.hpp"
#include "server/feeder/client.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::commands {

/// Newest first.
std::vector<storage::IncidentRecord> incidents_since(storage::Database&, Time since);

/// Everything since `from`, the first minute in which reports were sent.
DemoFacts gather_facts(storage::Database&, const std::vector<DemoService>&, const feeder::FeedTotals& sent,
                       Minute from);

}  // namespace outcry::commands
