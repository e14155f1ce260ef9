// server/pages/sharing/share_page.hpp: where people fetch a card, a badge, a picture or a link to show
// elsewhere.
#pragma once
#include <string>

#include "server/pages/pictures/caption.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// `path` is that of the service or the incident ("/s/outlook"); only a service has a badge and feeds.
/// `preview` is the version of its link preview.
std::string render_share(const Caption&, const std::string& path, bool is_service, const std::string& preview,
                         const Renderer&);

/// The HTML that shows the card of `path` on another site.
std::string card_code(const std::string& name, const std::string& path, int width, int height, const Renderer&);

/// Where the card of "/s/outlook" lives: "/embed/outlook"; of "/i/…": "/embed/i/…".
std::string embed_path(const std::string& path);

}  // namespace outcry::pages
