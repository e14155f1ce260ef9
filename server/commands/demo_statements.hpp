// server/commands/demo_statements.hpp: what the provider says in the demo, written down as it is said.
#pragma once
#include <vector>

#include "server/commands/demo_world.hpp"

namespace outcry::commands {

/// Statements stand with the service that the scenario names first, and so with its parts.
class DemoStatements {
 public:
    DemoStatements(const feeder::Scenario&, const std::vector<DemoService>&);

    /// Those said by `now` that were not written down yet, in one transaction.
    void write_down(storage::Database&, Time now);

 private:
    std::vector<feeder::Statement> official_;
    storage::ServiceId service_{};
    std::size_t written_ = 0;
};

}  // namespace outcry::commands
