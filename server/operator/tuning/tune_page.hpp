// server/operator/tuning/tune_page.hpp: /admin/s/{slug}/tune: a draft, what it would have changed, and saving
// it.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "server/http/message.hpp"
#include "server/live/clock.hpp"
#include "server/live/pulse.hpp"
#include "server/operator/account/actor.hpp"
#include "server/operator/tuning/past.hpp"
#include "server/operator/tuning/workbench.hpp"
#include "server/pages/renderer.hpp"
#include "server/storage/database.hpp"

namespace outcry::operators {

/// What tuning uses; all of it outlives the handlers.
struct Tuning {
    const live::Pulse& pulse;
    storage::Database& database;
    const live::Clock& clock;
    std::shared_ptr<const pages::Renderer> renderer;
    std::shared_ptr<Workbench> bench;
    std::shared_ptr<RecentPasts> recent;
};

using TuneAnswer = boost::asio::awaitable<http::Response>;

/// The draft is in the query; what is not named is as saved.
TuneAnswer get_tuning(const Tuning&, const http::Request&, const Actor&);
/// {version, note, the four settings}: a new version, or 409 with both when another was faster.
TuneAnswer post_tuning(const Tuning&, const http::Request&, const Actor&);
/// {expected, to}: a new version with the values of version `to`.
TuneAnswer post_rollback(const Tuning&, const http::Request&, const Actor&);
/// {label: "real/2026-01-22T19:00:00Z/2026-01-22T20:00:00Z", draft: the query to come back to}.
TuneAnswer post_label(const Tuning&, const http::Request&, const Actor&);

}  // namespace outcry::operators
