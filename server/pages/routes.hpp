// server/pages/routes.hpp: every page at a glance, and what they are made from.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "ingest/reporter.hpp"
#include "server/http/router.hpp"
#include "server/live/clock.hpp"
#include "server/live/pulse.hpp"
#include "server/pages/painter.hpp"
#include "server/pages/renderer.hpp"
#include "server/storage/database.hpp"

namespace outcry::pages {

/// What the pages use; all of it outlives them.
struct Parts {
    const live::Pulse& pulse;
    storage::Database& database;
    ingest::Admission& admission;
    ingest::BatchWriter& writer;
    const live::Clock& clock;
    Painter& painter;
    std::function<ingest::ReporterSecrets()> secrets;  // of this moment
    std::shared_ptr<const Renderer> renderer;
};

/// Every page, the report form and the assets.
std::vector<http::Route> routes(const Parts&);

/// 404 with near matches, 405, 503 and the rest, for people; programs get problem+json from the API.
http::ErrorPage error_page(std::shared_ptr<const Renderer>, const live::Pulse&);

/// English, from the catalogue inside the executable.
std::shared_ptr<const Renderer> make_renderer(Site);

}  // namespace outcry::pages
