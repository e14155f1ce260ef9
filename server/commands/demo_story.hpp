// server/commands/demo_story.hpp: what happens in the demo, told line by line as it happens.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "server/feeder/scenario.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::commands {

/// Tells each opening, peak and end of an incident once, and each statement of the provider.
class DemoStory {
 public:
    /// `names` of services by their id.
    DemoStory(const feeder::Scenario&, std::map<storage::ServiceId, std::string> names);

    /// New lines since the last call, in order of time, given the incidents as they stand at `now`.
    std::vector<std::string> tell(const std::vector<storage::IncidentRecord>&, Time now);

 private:
    bool once(const std::string& what) { return told_.insert(what).second; }

    std::vector<feeder::Statement> official_;
    std::map<storage::ServiceId, std::string> names_;
    std::set<std::string> told_;
};

}  // namespace outcry::commands
