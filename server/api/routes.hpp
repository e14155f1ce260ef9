// server/api/routes.hpp: the whole API at a glance.
#pragma once
#include <functional>
#include <vector>

#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "ingest/reporter.hpp"
#include "server/http/router.hpp"
#include "server/live/clock.hpp"
#include "server/live/event_hub.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"

namespace outcry::api {

/// What the handlers use; all of it outlives them.
struct Parts {
    const live::Pulse& pulse;
    storage::Database& database;
    ingest::Admission& admission;
    ingest::BatchWriter& writer;
    live::EventHub& events;
    const live::Clock& clock;
    std::function<ingest::ReporterSecrets()> secrets;  // of this moment
};

std::vector<http::Route> routes(const Parts&);

}  // namespace outcry::api
