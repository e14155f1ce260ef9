// server/operator/routes.cpp: what operators alone may ask for, each address with its rule.
#include "server/operator/routes.hpp"

#include "server/operator/audit_page.hpp"
#include "server/operator/console.hpp"
#include "server/operator/detector_api.hpp"
#include "server/operator/metrics.hpp"
#include "server/operator/notification_api.hpp"
#include "server/operator/notification_pages.hpp"
#include "server/operator/preview.hpp"
#include "server/operator/sign_in.hpp"
#include "server/operator/statements_api.hpp"
#include "server/operator/statements_page.hpp"
#include "server/operator/token.hpp"
#include "server/operator/tokens_page.hpp"
#include "server/operator/tune_page.hpp"
#include "server/operator/users_page.hpp"

namespace outcry::operators {
namespace {

using http::Method;
using http::Request;

void append(std::vector<GuardedRoute>& all, std::vector<GuardedRoute> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

std::vector<GuardedRoute> tuning_routes(const Parts& parts) {
    const Tuning tuning{parts.pulse,
                        parts.database,
                        parts.clock,
                        parts.renderer,
                        std::make_shared<Workbench>(),
                        std::make_shared<RecentPasts>()};
    const auto with = [&](auto handler) {
        return [tuning, handler](const Request& r, const Actor& actor) { return handler(tuning, r, actor); };
    };
    const auto preview = [tuning](const Request& r, const Actor&) {
        return preview_detector(r, tuning.pulse, tuning.database, *tuning.bench, *tuning.recent);
    };
    const std::string page = "/admin/s/{slug}/tune", api = "/api/v1/admin/services/{slug}/detector";
    return {
        {Method::get, page, {Role::viewer, people_only}, with(get_tuning)},
        {Method::post, page, {Role::operator_, people_only}, with(post_tuning)},
        {Method::post, page + "/labels", {Role::operator_, people_only}, with(post_label)},
        {Method::post, page + "/rollback", {Role::operator_, people_only}, with(post_rollback)},
        {Method::get, api, {Role::viewer, read_scope}, with(get_detector)},
        {Method::put, api, {Role::operator_, detector_scope}, with(put_detector)},
        {Method::get, api + "/history", {Role::viewer, read_scope}, with(get_detector_history)},
        {Method::post, api + "/rollback", {Role::operator_, detector_scope}, with(post_detector_rollback)},
        {Method::get, api + "/labels", {Role::viewer, read_scope}, with(get_labels)},
        {Method::post, api + "/labels", {Role::operator_, detector_scope}, with(post_labels)},
        {Method::post, api + "/preview", {Role::viewer, preview_scope}, preview},
    };
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
    append(all, metrics_routes(parts));
    append(all, user_routes(parts));
    append(all, token_routes(parts));
    append(all, tuning_routes(parts));
    append(all, statement_pages(parts));
    append(all, statement_api(parts));
    const auto resolving = std::make_shared<Workbench>();
    append(all, notification_pages(parts, resolving));
    append(all, delivery_pages(parts));
    append(all, quiet_pages(parts));
    append(all, notification_api(parts, resolving));
    append(all, quiet_api(parts));
    return all;
}

std::vector<http::Route> routes(const Parts& parts) {
    return guarded(table(parts), {.database = parts.database,
                                  .clock = parts.clock,
                                  .renderer = parts.renderer,
                                  .public_url = parts.public_url});
}

}  // namespace outcry::operators
