// server/commands/demo_world.hpp: the services of the demo and their past: four ordinary weeks before an
// outage.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "server/feeder/scenario.hpp"
#include "server/feeder/schedule.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::commands {

/// One service that people report in the demo.
struct DemoService {
    storage::Service service;
    feeder::Ordinary ordinary;
    const feeder::ScenarioService* role = nullptr;  // null: it only has ordinary days
};

/// Puts the starter catalogue, and whatever the scenario needs beyond it, into an empty database, as of
/// `since`.
void import_demo_catalogue(storage::Database&, const feeder::Scenario&, Time since);

/// The scenario's services and `others` more, spread over the catalogue, from quiet to busy.
std::vector<DemoService> choose_services(storage::Database&, const feeder::Scenario&, std::size_t others);

/// Writes the ordinary minutes of [from, to) straight into the bins; `tell` hears which part is done.
void write_history(storage::Database&, const std::vector<DemoService>&, Minute from, Minute to,
                   const std::function<void(double part)>& tell);

/// What all of them will report from then on.
feeder::Schedule schedule_of(const std::vector<DemoService>&, const feeder::Scenario&);

}  // namespace outcry::commands
