// server/operator/incidents/statements.hpp: the changes that operators make to what a provider said, each with
// its line in the audit log.
#pragma once
#include "server/operator/account/actor.hpp"
#include "server/storage/statements.hpp"

namespace outcry::operators {

void write_down(storage::Transaction&, const storage::Service&, const storage::Statement&, const Actor&,
                Time now);

/// An empty address ends the reading.
void read_from(storage::Transaction&, const storage::Service&, const std::string& address, const Actor&,
               Time now);

}  // namespace outcry::operators
