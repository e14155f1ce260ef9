// server/pages/sharing/site_files.hpp: what search engines and home screens ask a site for.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// A sitemap may name so many addresses (sitemaps.org); beyond that there is an index of several.
inline constexpr std::size_t most_in_sitemap = 50'000;

struct SitemapEntry {
    std::string path;
    Time changed{};  // {}: not said
};
/// `entries` are those of one sitemap.
std::string write_sitemap(std::span<const SitemapEntry> entries, const Site&);
/// Names /sitemap/1, /sitemap/2, …
std::string write_sitemap_index(std::size_t sitemaps, const Site&);

/// Pages are for search engines; forms, data and cards are not.
std::string robots_text(const Site&);

std::string web_manifest(const Renderer&);

/// The icon as an SVG document: with round corners, or square to its edges for systems that cut their own
/// shape.
std::string icon_svg(bool square);

/// A PNG of `size` pixels as an .ico file with one picture, for browsers that ask for nothing else.
std::string as_ico(const std::string& png, int size);

}  // namespace outcry::pages
