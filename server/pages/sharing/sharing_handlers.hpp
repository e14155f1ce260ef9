// server/pages/sharing/sharing_handlers.hpp: one coroutine for each thing that is shown elsewhere; sharing.cpp
// says which address leads to which.
#pragma once
#include "server/pages/handlers.hpp"

namespace outcry::pages {

Answer get_service_chart_svg(const Parts&, const http::Request&);
Answer get_service_chart_png(const Parts&, const http::Request&);
Answer get_service_preview(const Parts&, const http::Request&);
Answer get_incident_chart_svg(const Parts&, const http::Request&);
Answer get_incident_chart_png(const Parts&, const http::Request&);
Answer get_incident_preview(const Parts&, const http::Request&);
Answer get_badge_svg(const Parts&, const http::Request&);
Answer get_badge_json(const Parts&, const http::Request&);
/// The site's icon as a PNG of `size` pixels, square to its edges or with round corners.
Answer get_icon(const Parts&, const http::Request&, int size, bool square);
Answer get_favicon(const Parts&, const http::Request&);

Answer get_service_embed(const Parts&, const http::Request&);
Answer get_incident_embed(const Parts&, const http::Request&);
Answer get_service_share(const Parts&, const http::Request&);
Answer get_incident_share(const Parts&, const http::Request&);
Answer get_oembed(const Parts&, const http::Request&);

Answer get_atom_feed(const Parts&, const http::Request&);
Answer get_json_feed(const Parts&, const http::Request&);
Answer get_service_csv(const Parts&, const http::Request&);
Answer get_incident_csv(const Parts&, const http::Request&);
Answer get_sitemap(const Parts&, const http::Request&);
Answer get_sitemap_part(const Parts&, const http::Request&);
Answer get_robots(const Parts&, const http::Request&);
Answer get_manifest(const Parts&, const http::Request&);

/// 400 with the query parameter that is wrong and what it takes; nothing when `range` and `theme` can be read.
std::optional<http::Response> refuse_look(const http::Request&);
/// The renderer for whoever asks.
inline Renderer renderer_for(const Parts& parts, const http::Request& request) {
    return parts.renderer->seen_at(request.origin());
}

}  // namespace outcry::pages
