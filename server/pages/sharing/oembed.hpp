// server/pages/sharing/oembed.hpp: oEmbed 1.0: what a blog or chat that was given one of our addresses shows
// for it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// The path of a service or an incident ("/s/outlook", "/i/…") in an address of this site, whatever follows it;
/// nothing for any other address. http and https are the same site.
std::optional<std::string> quotable_path(std::string_view address, const Site&);

struct OembedWish {
    int max_width = 0, max_height = 0;  // 0: as you like
};
/// The answer as JSON, of type "rich". `name` is the service's, `title` what the page is called.
std::string oembed_json(const std::string& name, const std::string& title, const std::string& path,
                        const std::string& preview, const OembedWish&, const Renderer&);

/// Where the answer for this page is to be had.
std::string oembed_address(const std::string& path, const Site&);

}  // namespace outcry::pages
