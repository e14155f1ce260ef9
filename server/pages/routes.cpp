// server/pages/routes.cpp: see the header.
#include "server/pages/routes.hpp"

#include "server/pages/api_docs/routes.hpp"
#include "server/pages/assets.hpp"
#include "server/pages/error_page.hpp"
#include "server/pages/handlers.hpp"
#include "server/pages/reading_page.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/search.hpp"
#include "server/pages/sharing/sharing.hpp"
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

void append(std::vector<http::Route>& all, std::vector<http::Route> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// Every page there is in each language; below the language's prefix.
std::vector<http::Route> pages_in(const std::shared_ptr<const Parts>& parts,
                                  const std::shared_ptr<http::AnswerCache>& shelf,
                                  const std::shared_ptr<http::AnswerCache>& gallery) {
    const auto page = [&](Page handler) {
        return [parts, handler](const http::Request& request) { return handler(*parts, request); };
    };
    const auto kept = [&](http::Handler make) {
        return shelved(
            shelf, [parts] { return parts->pulse.version(); }, std::move(make));
    };
    const auto shared = [&](Page handler) { return kept(page(handler)); };
    using http::Method;
    std::vector<http::Route> all{
        {Method::get, "/", shared(get_home)},
        {Method::get, "/s/{slug}", shared(get_service)},
        {Method::post, "/s/{slug}/report", page(post_report)},
        {Method::get, "/s/{slug}/thanks", page(get_thanks)},
        {Method::get, "/incidents", shared(get_incidents)},
        {Method::get, "/i/{id}", shared(get_incident)},
        {Method::get, "/about/method", kept(reading(parts->renderer, "method"))},
        {Method::get, "/developers", shared(get_developers)},
        {Method::get, "/privacy", kept(reading(parts->renderer, "privacy"))},
    };
    append(all, sharing_routes(parts, shelf, gallery));
    return all;
}

/// "/de" without its slash.
http::Handler to_home(std::shared_ptr<const Renderer> renderer) {
    return [renderer = std::move(renderer)](const http::Request&) -> Answer {
        co_return http::redirect(renderer->site().page("/"));
    };
}

const Renderer& renderer_for(const std::string& path, const Renderers& renderers) {
    for (const auto& renderer : renderers) {
        const auto prefix = renderer->site().prefix();
        const bool below =
            path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
        if (!prefix.empty() && below) return *renderer;
    }
    return *renderers.front();
}

}  // namespace

Renderers make_renderers(const std::string& base_path, const std::string& public_url) {
    const auto english = web::text::en;
    std::vector<Words> translations{Words(english)};
    for (const auto& [name, json] : web::text::files)
        if (json != english) translations.emplace_back(json, english);
    std::vector<Language> languages;
    for (const auto& words : translations)
        languages.push_back(
            {words.language(), words.text("meta.name"), languages.empty() ? "" : words.language()});
    Renderers renderers;
    for (std::size_t i = 0; i < languages.size(); ++i)
        renderers.push_back(std::make_shared<const Renderer>(
            std::move(translations[i]), Site(base_path, public_url, languages[i].segment), languages));
    return renderers;
}

std::vector<http::Route> routes(const Parts& given, const Renderers& renderers) {
    std::vector<http::Route> all{asset_route()};
    // What everyone sees alike is made once for each change of the data.
    const auto shelf = std::make_shared<http::AnswerCache>();
    const auto gallery = std::make_shared<http::AnswerCache>();  // PNGs, which are drawn less often
    for (const auto& renderer : renderers) {
        Parts parts = given;
        parts.renderer = renderer;
        const auto prefix = renderer->site().prefix();
        for (auto& route : pages_in(std::make_shared<const Parts>(std::move(parts)), shelf, gallery)) {
            route.pattern.insert(0, prefix);
            all.push_back(std::move(route));
        }
        if (!prefix.empty()) all.push_back({http::Method::get, prefix, to_home(renderer)});
    }
    const auto parts = std::make_shared<const Parts>(given);
    append(all, site_routes(parts, shelf));
    append(all, reference_routes(parts, shelf));
    const auto client = [parts](const http::Request& request) { return get_client_token(*parts, request); };
    all.push_back({http::Method::get, "/client", client});
    return all;
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

http::ErrorPage error_page(Renderers renderers, const live::Pulse& pulse) {
    return [renderers = std::move(renderers), &pulse](unsigned status, const http::Request& request) {
        const auto& renderer = renderer_for(request.path, renderers);
        const auto catalogue = pulse.catalogue();
        if (status == 404) {
            auto asked = request.path.substr(request.path.rfind('/') + 1);
            if (catalogue) return not_found(renderer, *catalogue, request, asked);
            return html(request, render_not_found(asked, {}, services_of(catalogue.get()), renderer),
                        never_stored, 404);
        }
        const ErrorView view{.trouble = status < 500 ? Trouble::wrong_method : Trouble::page,
                             .again = renderer.site().path(request.path),
                             .request_id = status < 500 ? "" : request.id};
        auto response = html(request, render_error(view, renderer), never_stored, status);
        if (status == 503) response.set("retry-after", "5");
        return response;
    };
}

}  // namespace outcry::pages
