// server/pages/sharing.cpp: see the header.
#include "server/pages/sharing.hpp"

#include "server/http/answer_cache.hpp"
#include "server/pages/sharing_handlers.hpp"
#include "server/pages/shelf.hpp"

namespace outcry::pages {

std::vector<http::Route> sharing_routes(std::shared_ptr<const Parts> parts,
                                        const std::function<http::Handler(http::Handler)>& kept) {
    using Page = Answer (*)(const Parts&, const http::Request&);
    const auto plain = [&](Page handler) -> http::Handler {
        return [parts, handler](const http::Request& request) { return handler(*parts, request); };
    };
    const auto shared = [&](Page handler) { return kept(plain(handler)); };
    // A picture costs a hundred times what a page does, so it is drawn once a minute at most.
    const auto gallery = std::make_shared<http::AnswerCache>();
    const auto minute = [parts] {
        return static_cast<std::uint64_t>(minute_of(parts->clock.now()).time_since_epoch().count());
    };
    const auto drawn = [&](Page handler) { return shelved(gallery, minute, plain(handler)); };
    const auto icon = [&](int size, bool square) -> http::Handler {
        return [parts, size, square](const http::Request& request) {
            return get_icon(*parts, request, size, square);
        };
    };
    using http::Method;
    return {
        {Method::get, "/s/{slug}/chart.svg", shared(get_service_chart_svg)},
        {Method::get, "/s/{slug}/chart.png", drawn(get_service_chart_png)},
        {Method::get, "/s/{slug}/preview.png", drawn(get_service_preview)},
        {Method::get, "/s/{slug}/badge.svg", shared(get_badge_svg)},
        {Method::get, "/s/{slug}/badge.json", shared(get_badge_json)},
        {Method::get, "/s/{slug}/data.csv", shared(get_service_csv)},
        {Method::get, "/s/{slug}/feed.atom", shared(get_atom_feed)},
        {Method::get, "/s/{slug}/feed.json", shared(get_json_feed)},
        {Method::get, "/s/{slug}/share", shared(get_service_share)},
        {Method::get, "/i/{id}/chart.svg", shared(get_incident_chart_svg)},
        {Method::get, "/i/{id}/chart.png", drawn(get_incident_chart_png)},
        {Method::get, "/i/{id}/preview.png", drawn(get_incident_preview)},
        {Method::get, "/i/{id}/data.csv", shared(get_incident_csv)},
        {Method::get, "/i/{id}/share", shared(get_incident_share)},
        {Method::get, "/embed/{slug}", shared(get_service_embed)},
        {Method::get, "/embed/i/{id}", shared(get_incident_embed)},
        {Method::get, "/oembed", shared(get_oembed)},
        {Method::get, "/feed.atom", shared(get_atom_feed)},
        {Method::get, "/feed.json", shared(get_json_feed)},
        {Method::get, "/sitemap.xml", shared(get_sitemap)},
        {Method::get, "/sitemap/{part}", shared(get_sitemap_part)},
        {Method::get, "/robots.txt", shared(get_robots)},
        {Method::get, "/site.webmanifest", shared(get_manifest)},
        {Method::get, "/icon-192.png", icon(192, false)},
        {Method::get, "/icon-512.png", icon(512, false)},
        {Method::get, "/icon-maskable-512.png", icon(512, true)},
        {Method::get, "/apple-touch-icon.png", icon(180, true)},
        {Method::get, "/favicon.ico", plain(get_favicon)},
    };
}

}  // namespace outcry::pages
