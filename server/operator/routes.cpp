// server/operator/routes.cpp: what operators alone may ask for, each address with its rule.
#include "server/operator/routes.hpp"

#include "server/operator/audit_page.hpp"
#include "server/operator/console.hpp"
#include "server/operator/preview.hpp"
#include "server/operator/sign_in.hpp"
#include "server/operator/statements_api.hpp"
#include "server/operator/statements_page.hpp"
#include "server/operator/token.hpp"
#include "server/operator/tokens_page.hpp"
#include "server/operator/users_page.hpp"

namespace outcry::operators {
namespace {

using http::Method;
using http::Request;

void append(std::vector<GuardedRoute>& all, std::vector<GuardedRoute> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

std::vector<GuardedRoute> detector_routes(const Parts& parts) {
    const auto bench = std::make_shared<Workbench>();
    const auto recent = std::make_shared<RecentRecordings>();
    const auto preview = [parts, bench, recent](const Request& r, const Actor&) {
        return preview_detector(r, parts.pulse, parts.database, *bench, *recent);
    };
    return {{Method::post,
             "/api/v1/admin/services/{slug}/detector/preview",
             {Role::viewer, preview_scope},
             preview}};
}

}  // namespace

std::vector<GuardedRoute> table(const Parts& parts) {
    std::vector<GuardedRoute> all;
    const auto door = std::make_shared<Door>();
    append(all, sign_in_routes(parts, door));
    append(all, link_routes(parts, door));
    append(all, account_routes(parts, door));
    append(all, console_routes(parts));
    append(all, incident_routes(parts));
    append(all, audit_routes(parts));
    append(all, user_routes(parts));
    append(all, token_routes(parts));
    append(all, detector_routes(parts));
    append(all, statement_pages(parts));
    append(all, statement_api(parts));
    return all;
}

std::vector<http::Route> routes(const Parts& parts) {
    return guarded(table(parts), {.database = parts.database,
                                  .clock = parts.clock,
                                  .renderer = parts.renderer,
                                  .public_url = parts.public_url});
}

}  // namespace outcry::operators
