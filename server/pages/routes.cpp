// server/pages/routes.cpp: see the header.
#include "server/pages/routes.hpp"

#include "server/pages/assets.hpp"
#include "server/pages/error_page.hpp"
#include "server/pages/handlers.hpp"
#include "server/pages/reading_page.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/search.hpp"
#include "server/pages/shelf.hpp"
#include "web_text.hpp"

namespace outcry::pages {
namespace {

using Page = Answer (*)(const Parts&, const http::Request&);

http::Handler reading(std::shared_ptr<const Renderer> renderer, std::string_view key) {
    return [renderer, key](const http::Request& request) -> Answer {
        co_return html(request, render_reading(key, renderer->seen_at(request.origin())), cached);
    };
}

std::size_t services_of(const live::Catalogue* catalogue) {
    return catalogue ? catalogue->services.size() : 0;
}

}  // namespace

std::shared_ptr<const Renderer> make_renderer(Site site) {
    return std::make_shared<const Renderer>(Words(web::text::en), std::move(site));
}

std::vector<http::Route> routes(const Parts& given) {
    const auto parts = std::make_shared<const Parts>(given);
    const auto page = [&](Page handler) {
        return [parts, handler](const http::Request& request) { return handler(*parts, request); };
    };
    // What everyone sees alike is made once for each change of the data.
    const auto shelf = std::make_shared<http::AnswerCache>();
    const auto kept = [&](http::Handler make) {
        return shelved(
            shelf, [parts] { return parts->pulse.version(); }, std::move(make));
    };
    const auto shared = [&](Page handler) { return kept(page(handler)); };
    using http::Method;
    return {
        {Method::get, "/", shared(get_home)},
        {Method::get, "/s/{slug}", shared(get_service)},
        {Method::post, "/s/{slug}/report", page(post_report)},
        {Method::get, "/s/{slug}/thanks", page(get_thanks)},
        {Method::get, "/client", page(get_client_token)},
        {Method::get, "/incidents", shared(get_incidents)},
        {Method::get, "/i/{id}", shared(get_incident)},
        {Method::get, "/about/method", kept(reading(parts->renderer, "method"))},
        {Method::get, "/privacy", kept(reading(parts->renderer, "privacy"))},
        asset_route(),
    };
}

http::Response not_found(const Renderer& renderer, const live::Catalogue& catalogue,
                         const http::Request& request, std::string_view asked) {
    constexpr std::size_t most = 6;
    std::vector<Near> near;
    for (const auto& match : find_services(catalogue, asked, most))
        near.push_back({match.service->slug, match.service->name});
    return html(request, render_not_found(std::string(asked), near, catalogue.services.size(), renderer),
                never_stored, 404);
}

http::ErrorPage error_page(std::shared_ptr<const Renderer> renderer, const live::Pulse& pulse) {
    return [renderer, &pulse](unsigned status, const http::Request& request) {
        const auto catalogue = pulse.catalogue();
        if (status == 404) {
            auto asked = request.path.substr(request.path.rfind('/') + 1);
            if (catalogue) return not_found(*renderer, *catalogue, request, asked);
            return html(request, render_not_found(asked, {}, services_of(catalogue.get()), *renderer),
                        never_stored, 404);
        }
        const ErrorView view{.trouble = status < 500 ? Trouble::wrong_method : Trouble::page,
                             .again = renderer->site().path(request.path),
                             .request_id = status < 500 ? "" : request.id};
        auto response = html(request, render_error(view, *renderer), never_stored, status);
        if (status == 503) response.set("retry-after", "5");
        return response;
    };
}

}  // namespace outcry::pages
