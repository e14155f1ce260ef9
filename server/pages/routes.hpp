// server/pages/routes.hpp: every page at a glance, and what they are made from.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ingest/submission.hpp"
#include "server/http/router.hpp"
#include "server/live/clock.hpp"
#include "server/live/pulse.hpp"
#include "server/pages/renderer.hpp"
#include "server/storage/database.hpp"

namespace outcry::pages {

/// What became of a submission that was handed in.
struct Receipt {
    enum class Outcome { durable, too_many, busy } outcome = Outcome::durable;
    std::chrono::seconds retry_after{0};  // unless durable
};

/// Hands a checked submission, whose category the service has, to the one way in; returns once it is durable or
/// refused.
using Submit = std::function<boost::asio::awaitable<Receipt>(const storage::Service&, const ingest::Submission&,
                                                             const boost::asio::ip::address& client)>;

struct Dependencies {
    std::shared_ptr<const Renderer> renderer;
    const live::Pulse& pulse;
    storage::Database& database;
    const live::Clock& clock;
    Submit submit;
    std::function<std::string()> make_client_token;
};

/// Every page, the report form and the assets. The dependencies must outlive the routes.
std::vector<http::Route> routes(Dependencies);

/// 404 with near matches, 405, 503 and the rest, for people; programs get problem+json from the API.
http::ErrorPage error_page(std::shared_ptr<const Renderer>, const live::Pulse&);

/// English, from the catalogue inside the executable.
std::shared_ptr<const Renderer> make_renderer(Site);

}  // namespace outcry::pages
