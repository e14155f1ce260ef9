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
#include "server/live/usual_places.hpp"
#include "server/pages/pictures/painter.hpp"
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
    std::shared_ptr<live::UsualPlaces> usual_places = std::make_shared<live::UsualPlaces>();
    std::shared_ptr<const Renderer> renderer;  // of the language a page is asked for in
};

/// One for each catalogue of text inside the executable, English first; each offers all of them.
using Renderers = std::vector<std::shared_ptr<const Renderer>>;
Renderers make_renderers(const std::string& base_path, const std::string& public_url);

/// Every page and the report form in every language, and the assets.
std::vector<http::Route> routes(const Parts&, const Renderers&);

/// 404 with near matches, 405, 503 and the rest, for people, in the language of the address; programs get
/// problem+json from the API.
http::ErrorPage error_page(Renderers, const live::Pulse&);

}  // namespace outcry::pages
