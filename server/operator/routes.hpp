// server/operator/routes.hpp: what operators alone may ask for, each address with its rule.
#pragma once
#include <vector>

#include "server/live/pulse.hpp"
#include "server/operator/account/guard.hpp"
#include "server/operator/telling/check_address.hpp"

namespace outcry::operators {

/// What the handlers use; all of it outlives them.
struct Parts {
    const live::Pulse& pulse;
    storage::Database& database;  // of operators alone: a flood of readers leaves it free
    const live::Clock& clock;
    std::shared_ptr<const pages::Renderer> renderer;
    std::string public_url{};  // scheme and host that people see; empty: not known
    std::string state_dir{};   // whose disk is looked at; empty: none
    CheckAddress check_address{};
};

/// Every operator's route with its rule and its bare handler; serve guarded(table(parts), …), never this.
std::vector<GuardedRoute> table(const Parts&);

/// The same, guarded.
std::vector<http::Route> routes(const Parts&);

}  // namespace outcry::operators
