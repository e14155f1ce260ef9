// server/app/intake.hpp: the page's own form comes in by the same way as the API's JSON: admitted, hashed,
// committed.
#pragma once
#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "server/live/clock.hpp"
#include "server/live/secrets.hpp"
#include "server/pages/routes.hpp"

namespace outcry::app {

/// All of it outlives the function returned.
pages::Submit make_intake(ingest::Admission&, ingest::BatchWriter&, const live::Secrets&, const live::Clock&);

}  // namespace outcry::app
