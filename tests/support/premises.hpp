// tests/support/premises.hpp: what routes are served from: a database, and a board whose clock stands.
#pragma once
#include <boost/asio/io_context.hpp>

#include "server/live/clock.hpp"
#include "server/live/event_hub.hpp"
#include "server/live/pulse.hpp"
#include "tests/support/private_postgres.hpp"

namespace outcry::tests {

struct Premises {
    explicit Premises(Time now) : clock{now, 0} {}

    PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock;
    live::EventHub hub;
    live::Pulse pulse{context.get_executor(), database, hub, clock};
};

}  // namespace outcry::tests
