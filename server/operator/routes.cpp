// server/operator/routes.cpp: what operators alone may ask for, each address with its rule.
#include "server/operator/routes.hpp"

#include "server/operator/account/sign_in.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/account/tokens_page.hpp"
#include "server/operator/account/users_page.hpp"
#include "server/operator/audit_page.hpp"
#include "server/operator/catalogue/service_page.hpp"
#include "server/operator/catalogue/services_page.hpp"
#include "server/operator/incidents/console.hpp"
#include "server/operator/incidents/incident_api.hpp"
#include "server/operator/incidents/statements_api.hpp"
#include "server/operator/incidents/statements_page.hpp"
#include "server/operator/metrics.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_pages.hpp"
#include "server/operator/tuning/detector_api.hpp"
#include "server/operator/tuning/group_page.hpp"
#include "server/operator/tuning/preview.hpp"
#include "server/operator/tuning/tune_page.hpp"

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
        {Method::get, "/admin/tune", {Role::viewer, people_only}, with(get_group_tuning)},
        {Method::post, "/admin/tune", {Role::operator_, people_only}, with(post_group_tuning)},
        {Method::get, api, {Role::viewer, read_scope}, with(get_detector)},
        {Method::put, api, {Role::operator_, detector_scope}, with(put_detector)},
        {Method::get, api + "/history", {Role::viewer, read_scope}, with(get_detector_history)},
        {Method::post, api + "/rollback", {Role::operator_, detector_scope}, with(post_detector_rollback)},
        {Method::get, api + "/labels", {Role::viewer, read_scope}, with(get_labels)},
        {Method::post, api + "/labels", {Role::operator_, detector_scope}, with(post_labels)},
        {Method::post, api + "/preview", {Role::viewer, preview_scope}, preview},
    };
}

/// Whoever has changed the catalogue finds it changed on every page of this process; other processes look four
/// times a second.
CatalogueAnswer then_shown(CatalogueAnswer change, const live::Pulse& pulse) {
    auto response = co_await std::move(change);
    if (response.status < 400) co_await pulse.catch_up();
    co_return response;
}

std::vector<GuardedRoute> catalogue_routes(const Parts& parts) {
    const ServicesParts services{{parts.database, parts.clock}, parts.renderer};
    const auto api = [&](auto handler) {
        return
            [services, handler](const Request& r, const Actor& a) { return handler(services.catalogue, r, a); };
    };
    const auto page = [&](auto handler) {
        return [services, handler](const Request& r, const Actor& a) { return handler(services, r, a); };
    };
    const auto change = [&pulse = parts.pulse](auto handler) {
        return [&pulse, handler](const Request& r, const Actor& a) { return then_shown(handler(r, a), pulse); };
    };
    const std::string entry = "/api/v1/admin/services/{slug}", form = "/admin/s/{slug}";
    const LargeBody file{most_catalogue_bytes, "outcry service import FILE"};
    return {
        {Method::get, "/api/v1/admin/catalogue", {Role::viewer, read_scope}, api(get_catalogue)},
        {Method::put,
         "/api/v1/admin/catalogue",
         {Role::operator_, catalogue_scope},
         change(api(put_catalogue)),
         file,
         {"dry_run", "prune"}},
        {Method::get, entry, {Role::viewer, read_scope}, api(get_service_entry)},
        {Method::put, entry, {Role::operator_, catalogue_scope}, change(api(put_service_entry))},
        {Method::delete_, entry, {Role::operator_, catalogue_scope}, change(api(delete_service_entry))},
        {Method::get, "/admin/services", {Role::viewer, people_only}, page(get_services)},
        {Method::post, "/admin/services", {Role::operator_, people_only}, change(page(post_service_form))},
        {Method::get, "/admin/services/new", {Role::operator_, people_only}, page(get_service_form)},
        {Method::post,
         "/admin/services/import",
         {Role::operator_, people_only},
         change(page(post_import)),
         file},
        {Method::get, form, {Role::viewer, people_only}, page(get_service_form)},
        {Method::post, form, {Role::operator_, people_only}, change(page(post_service_form))},
        {Method::post, form + "/archive", {Role::operator_, people_only}, change(page(post_archive))},
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
    append(all, incident_api(parts));
    append(all, audit_routes(parts));
    append(all, metrics_routes(parts));
    append(all, user_routes(parts));
    append(all, token_routes(parts));
    append(all, tuning_routes(parts));
    append(all, catalogue_routes(parts));
    append(all, statement_pages(parts));
    append(all, statement_api(parts));
    const auto resolving = std::make_shared<Workbench>();
    append(all, notification_pages(parts, resolving));
    append(all, target_pages(parts, resolving));
    append(all, route_pages(parts));
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
