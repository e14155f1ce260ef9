// server/app/routes.cpp: gives each handler exactly what it uses.
#include "server/app/routes.hpp"

#include "server/api/routes.hpp"
#include "server/app/failures.hpp"
#include "server/app/notifier_options.hpp"
#include "server/app/transport_security.hpp"
#include "server/config/config.hpp"
#include "server/http/problem.hpp"
#include "server/live/secrets.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/routes.hpp"

namespace outcry::app {
namespace {

void append(std::vector<http::Route>& all, std::vector<http::Route> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

http::Response problem_for(unsigned status) {
    if (status == 400)
        return http::problem(400, "bad-request", "The address cannot be read", "Percent-encode UTF-8.");
    if (status == 404) return http::problem(404, "not-found", "There is nothing at this address");
    return http::problem(status, "method-not-allowed", "This address takes other methods");
}

bool asks_the_api(const http::Request& request) {
    return request.path.starts_with("/api/");
}

/// Programs that ask the API get a problem, everyone else a page.
http::ErrorPage error_pages(http::ErrorPage page) {
    return [page = std::move(page)](unsigned status, const http::Request& request) {
        return asks_the_api(request) ? problem_for(status) : page(status, request);
    };
}

/// The same for what was thrown.
http::ExceptionTranslator failures(http::ErrorPage page) {
    return [page = std::move(page)](std::exception_ptr thrown, const http::Request& request) {
        auto problem = translate_failure(std::move(thrown), request);
        return asks_the_api(request) ? std::move(problem) : page(problem.status, request);
    };
}

operators::CheckAddress check_by(outbound::ClientOptions options) {
    return [client = std::make_shared<const outbound::Client>(std::move(options))](const std::string& url) {
        return client->check(url);
    };
}

}  // namespace

Routers make_routers(const Parts& parts) {
    const auto renderers = pages::make_renderers(parts.config.base_path, parts.config.public_url);
    const auto secrets = [&all = parts.secrets] { return all.current(); };
    auto routes = api::routes({.pulse = parts.pulse,
                               .database = parts.database,
                               .admission = parts.admission,
                               .writer = parts.writer,
                               .events = parts.hub,
                               .clock = parts.clock,
                               .secrets = secrets});
    append(routes, pages::routes({.pulse = parts.pulse,
                                  .database = parts.database,
                                  .admission = parts.admission,
                                  .writer = parts.writer,
                                  .clock = parts.clock,
                                  .painter = parts.painter,
                                  .secrets = secrets,
                                  .renderer = renderers.front()},
                                 renderers));
    operators::refuse_unguarded(routes);
    auto for_operators = operators::routes({.pulse = parts.pulse,
                                            .database = parts.operator_database,
                                            .clock = parts.clock,
                                            .renderer = renderers.front(),
                                            .public_url = parts.config.public_url,
                                            .state_dir = parts.config.state_dir,
                                            .check_address = check_by(outbound_options(parts.config))});
    const auto page = pages::error_page(renderers, parts.pulse);
    const auto router = [&](std::vector<http::Route> table) {
        return std::make_shared<const http::Router>(std::move(table), failures(page), error_pages(page),
                                                    parts.config.base_path,
                                                    strict_transport(parts.config.public_url));
    };
    Routers routers;
    const bool apart = !parts.config.operator_listen.empty();
    if (apart) routers.everyone = router(routes);
    append(routes, std::move(for_operators));
    (apart ? routers.operators : routers.everyone) = router(std::move(routes));
    return routers;
}

}  // namespace outcry::app
