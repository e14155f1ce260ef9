// server/operator/account/door.hpp: what signing in needs: the bounded bench where passwords are hashed.
#pragma once
#include <string>

#include "server/operator/account/password.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/tuning/workbench.hpp"

namespace outcry::operators {

/// Shared by the pages that take a password.
struct Door {
    Workbench
        bench;  // one hash at a time, 64 MiB each; the others wait in a short queue, or are told to come back
    /// Nobody's: compared with when a name is unknown, so that the answer takes as long.
    const std::string nobodys = keep_password(make_secret());
};

}  // namespace outcry::operators
