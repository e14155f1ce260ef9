// server/api/routes.cpp: the whole API at a glance.
#include "server/api/routes.hpp"

#include "server/api/breakdown.hpp"
#include "server/api/events.hpp"
#include "server/api/health.hpp"
#include "server/api/incidents.hpp"
#include "server/api/messages.hpp"
#include "server/api/problem_types.hpp"
#include "server/api/reports.hpp"
#include "server/api/series.hpp"
#include "server/api/services.hpp"
#include "server/api/shared_answer.hpp"

namespace outcry::api {

using http::Method;
using http::Request;

std::vector<http::Route> routes(const Parts& parts) {
    const auto cache = std::make_shared<http::AnswerCache>();
    const auto version = [&pulse = parts.pulse] { return pulse.version(); };
    const auto json = [&](http::Handler make) {
        return share(cache, version, {"application/json"}, std::move(make));
    };
    const auto json_or_csv = [&](http::Handler make) {
        return share(cache, version, {"application/json", "text/csv"}, std::move(make));
    };
    const auto list_all = [parts](const Request& r) { return list_services(r, parts.pulse); };
    const auto show_one = [parts](const Request& r) { return show_service(r, parts.pulse, parts.database); };
    const auto series = [parts](const Request& r) {
        return show_series(r, parts.pulse, parts.database, parts.clock.now());
    };
    const auto usual = std::make_shared<live::UsualPlaces>();
    const auto breakdown = [parts, usual](const Request& r) {
        return show_breakdown(r, parts.pulse, parts.database, *usual, parts.clock.now());
    };
    const auto messages = [parts](const Request& r) {
        return show_messages(r, parts.pulse, parts.database, parts.clock.now());
    };
    const auto incidents = [parts](const Request& r) { return list_incidents(r, parts.pulse, parts.database); };
    const auto incident = [parts](const Request& r) {
        return show_incident(r, parts.pulse, parts.database, parts.clock.now());
    };
    const auto incident_series = [parts](const Request& r) {
        return show_incident_series(r, parts.pulse, parts.database, parts.clock.now());
    };
    const auto report = [parts](const Request& r) {
        return post_report(r, parts.pulse.catalogue(), parts.admission, parts.writer, parts.secrets(),
                           parts.clock.now());
    };
    const auto events = [parts](const Request& r) { return listen(r, parts.pulse.catalogue(), parts.events); };
    const auto readiness = [parts](const Request& r) { return show_readiness(r, parts.pulse, parts.database); };

    return {
        {Method::get, "/api/v1/services", json(list_all)},
        {Method::get, "/api/v1/services/{slug}", json(show_one)},
        {Method::get, "/api/v1/services/{slug}/series", json_or_csv(series)},
        {Method::get, "/api/v1/services/{slug}/breakdown", json(breakdown)},
        {Method::get, "/api/v1/services/{slug}/messages", json(messages)},
        {Method::get, "/api/v1/incidents", json(incidents)},
        {Method::get, "/api/v1/incidents/{id}", json(incident)},
        {Method::get, "/api/v1/incidents/{id}/series", json(incident_series)},
        {Method::post, "/api/v1/services/{slug}/reports", report},
        {Method::options, "/api/v1/services/{slug}/reports", preflight_report},
        {Method::get, "/api/v1/events", events},
        {Method::get, "/api/problems/{type}", explain_problem},
        {Method::get, "/healthz", show_health},
        {Method::get, "/readyz", readiness},
    };
}

}  // namespace outcry::api
