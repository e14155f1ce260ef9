// server/pages/sharing/sharing.cpp: see the header.
#include "server/pages/sharing/sharing.hpp"

#include "server/pages/sharing/sharing_handlers.hpp"
#include "server/pages/shelf.hpp"

namespace outcry::pages {
namespace {

using Page = Answer (*)(const Parts&, const http::Request&);
using http::Method;

http::Handler plain(std::shared_ptr<const Parts> parts, Page handler) {
    return
        [parts = std::move(parts), handler](const http::Request& request) { return handler(*parts, request); };
}

/// Made once for each change of the data.
http::Handler kept(const std::shared_ptr<const Parts>& parts, const std::shared_ptr<http::AnswerCache>& shelf,
                   Page handler) {
    return shelved(
        shelf, [parts] { return parts->pulse.version(); }, plain(parts, handler));
}

/// A picture costs a hundred times what a page does, so it is drawn once a minute at most.
http::Handler drawn(const std::shared_ptr<const Parts>& parts,
                    const std::shared_ptr<http::AnswerCache>& gallery, Page handler) {
    const auto minute = [parts] {
        return static_cast<std::uint64_t>(minute_of(parts->clock.now()).time_since_epoch().count());
    };
    return shelved(gallery, minute, plain(parts, handler));
}

}  // namespace

std::vector<http::Route> sharing_routes(const std::shared_ptr<const Parts>& parts,
                                        const std::shared_ptr<http::AnswerCache>& shelf,
                                        const std::shared_ptr<http::AnswerCache>& gallery) {
    const auto text = [&](Page handler) { return kept(parts, shelf, handler); };
    const auto png = [&](Page handler) { return drawn(parts, gallery, handler); };
    return {
        {Method::get, "/s/{slug}/chart.svg", text(get_service_chart_svg)},
        {Method::get, "/s/{slug}/chart.png", png(get_service_chart_png)},
        {Method::get, "/s/{slug}/preview.png", png(get_service_preview)},
        {Method::get, "/s/{slug}/badge.svg", text(get_badge_svg)},
        {Method::get, "/s/{slug}/badge.json", text(get_badge_json)},
        {Method::get, "/s/{slug}/data.csv", text(get_service_csv)},
        {Method::get, "/s/{slug}/feed.atom", text(get_atom_feed)},
        {Method::get, "/s/{slug}/feed.json", text(get_json_feed)},
        {Method::get, "/s/{slug}/share", text(get_service_share)},
        {Method::get, "/i/{id}/chart.svg", text(get_incident_chart_svg)},
        {Method::get, "/i/{id}/chart.png", png(get_incident_chart_png)},
        {Method::get, "/i/{id}/preview.png", png(get_incident_preview)},
        {Method::get, "/i/{id}/data.csv", text(get_incident_csv)},
        {Method::get, "/i/{id}/share", text(get_incident_share)},
        {Method::get, "/embed/{slug}", text(get_service_embed)},
        {Method::get, "/embed/i/{id}", text(get_incident_embed)},
        {Method::get, "/oembed", text(get_oembed)},
        {Method::get, "/feed.atom", text(get_atom_feed)},
        {Method::get, "/feed.json", text(get_json_feed)},
    };
}

std::vector<http::Route> site_routes(const std::shared_ptr<const Parts>& parts,
                                     const std::shared_ptr<http::AnswerCache>& shelf) {
    const auto text = [&](Page handler) { return kept(parts, shelf, handler); };
    const auto icon = [&](int size, bool square) -> http::Handler {
        return [parts, size, square](const http::Request& request) {
            return get_icon(*parts, request, size, square);
        };
    };
    return {
        {Method::get, "/sitemap.xml", text(get_sitemap)},
        {Method::get, "/sitemap/{part}", text(get_sitemap_part)},
        {Method::get, "/robots.txt", text(get_robots)},
        {Method::get, "/site.webmanifest", text(get_manifest)},
        {Method::get, "/icon-192.png", icon(192, false)},
        {Method::get, "/icon-512.png", icon(512, false)},
        {Method::get, "/icon-maskable-512.png", icon(512, true)},
        {Method::get, "/apple-touch-icon.png", icon(180, true)},
        {Method::get, "/favicon.ico", plain(parts, get_favicon)},
    };
}

}  // namespace outcry::pages
