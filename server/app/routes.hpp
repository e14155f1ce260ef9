// server/app/routes.hpp: the router of one instance: the API, the pages, and what is said when neither fits.
#pragma once
#include <memory>

#include "server/http/router.hpp"

namespace outcry::ingest {
class Admission;
class BatchWriter;
}  // namespace outcry::ingest
namespace outcry::live {
class Clock;
class EventHub;
class Pulse;
class Secrets;
}  // namespace outcry::live
namespace outcry::pages {
class Painter;
}
namespace outcry::storage {
class Database;
}
namespace outcry::config {
struct Config;
}

namespace outcry::app {

/// What handlers use; all of it outlives the router.
struct Parts {
    const live::Pulse& pulse;
    live::EventHub& hub;
    storage::Database& database;
    storage::Database& operator_database;  // so that a flood of readers cannot lock operators out
    ingest::BatchWriter& writer;
    ingest::Admission& admission;
    const live::Secrets& secrets;
    const live::Clock& clock;
    pages::Painter& painter;
    const config::Config& config;
};

struct Routers {
    std::shared_ptr<const http::Router> everyone;
    std::shared_ptr<const http::Router> operators;  // null unless operators have a listener of their own
};

/// Operators' routes are in one of the two alone: in `operators`, beside all the others, when there is one.
Routers make_routers(const Parts&);

}  // namespace outcry::app
