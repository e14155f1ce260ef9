// server/pages/api_docs/routes.cpp: see the header.
#include "server/pages/api_docs/routes.hpp"

#include "server/openapi/description.hpp"
#include "server/pages/api_docs/reference_page.hpp"
#include "server/pages/handlers.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/shelf.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {
namespace {

using http::Request;
using Page = Answer (*)(const Parts&, const Request&);

Answer get_description(const Parts& parts, const Request& request) {
    const auto site = parts.renderer->seen_at(request.origin()).site();
    co_return for_others(
        text(request, "application/json", openapi::description_at(site.address("")), cached_by_others));
}

Answer get_reference(const Parts& parts, const Request& request) {
    co_return html(request, render_reference(parts.renderer->seen_at(request.origin())), cached);
}

Answer get_reference_group(const Parts& parts, const Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    Familiar familiar;
    if (!catalogue->services.empty()) familiar.slug = catalogue->services.front().slug;
    const auto load = [](storage::Transaction& tx) {
        storage::IncidentFilter filter;
        filter.limit = 1;
        return storage::load_incidents(tx, filter);
    };
    const auto latest = co_await parts.database.read(load);
    if (!latest.empty()) familiar.incident = latest.front().id;
    const std::string group{request.param("group")};
    auto page = render_reference_group(group, familiar, parts.renderer->seen_at(request.origin()));
    if (!page) co_return not_found(*parts.renderer, *catalogue, request, "");
    co_return html(request, std::move(*page), cached);
}

}  // namespace

std::vector<http::Route> reference_routes(const std::shared_ptr<const Parts>& parts,
                                          const std::shared_ptr<http::AnswerCache>& shelf) {
    const auto kept = [&](Page handler) {
        const auto make = [parts, handler](const Request& request) { return handler(*parts, request); };
        return shelved(
            shelf, [parts] { return parts->pulse.version(); }, make);
    };
    using http::Method;
    return {{Method::get, "/api/openapi.json", kept(get_description)},
            {Method::get, "/api/docs", kept(get_reference)},
            {Method::get, "/api/docs/{group}", kept(get_reference_group)}};
}

}  // namespace outcry::pages
