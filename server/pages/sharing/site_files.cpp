// server/pages/sharing/site_files.cpp: see the header.
#include "server/pages/sharing/site_files.hpp"

#include <nlohmann/json.hpp>

#include "server/pages/assets.hpp"
#include "server/pages/pictures/palette.hpp"
#include "server/pages/xml.hpp"
#include "web_assets.hpp"

namespace outcry::pages {
namespace {

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// `bytes` of `n`, the least first.
std::string little_endian(std::size_t n, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i) & 0xff);
    return out;
}

}  // namespace

std::string write_sitemap(std::span<const SitemapEntry> entries, const Site& site) {
    std::string out{xml_head};
    out += "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (const auto& entry : entries) {
        out += "<url><loc>" + escape_xml(site.address(entry.path)) + "</loc>";
        if (entry.changed != Time{}) out += "<lastmod>" + Words::stamp(entry.changed) + "</lastmod>";
        out += "</url>\n";
    }
    return out + "</urlset>\n";
}

std::string write_sitemap_index(std::size_t sitemaps, const Site& site) {
    std::string out{xml_head};
    out += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (std::size_t i = 1; i <= sitemaps; ++i)
        out +=
            "<sitemap><loc>" + escape_xml(site.address("/sitemap/" + std::to_string(i))) + "</loc></sitemap>\n";
    return out + "</sitemapindex>\n";
}

std::string robots_text(const Site& site) {
    std::string out = "User-agent: *\n";
    for (const auto* hidden :
         {"/api/", "/embed/", "/client", "/oembed", "/admin", "/s/*/report", "/s/*/thanks"})
        out += "Disallow: " + site.path(hidden) + '\n';
    return out + "Allow: " + site.path("/api/docs") + "\n\nSitemap: " + site.address("/sitemap.xml") + '\n';
}

std::string web_manifest(const Renderer& renderer) {
    using Json = nlohmann::ordered_json;
    const auto& site = renderer.site();
    const auto icon = [&](const std::string& file, const std::string& size, const std::string& purpose) {
        return Json{{"src", site.path(file)}, {"sizes", size}, {"type", "image/png"}, {"purpose", purpose}};
    };
    const Json manifest{
        {"name", renderer.words().text("frame.name")},
        {"short_name", renderer.words().text("frame.name")},
        {"description", renderer.words().text("home.description")},
        {"lang", renderer.words().text("meta.language")},
        {"dir", renderer.words().text("meta.direction")},
        {"id", site.path("/")},
        {"start_url", site.path("/")},
        {"scope", site.path("/")},
        {"display", "minimal-ui"},
        {"background_color", light_palette.paper},
        {"theme_color", light_palette.paper},
        {"icons", Json::array({icon("/icon-192.png", "192x192", "any"), icon("/icon-512.png", "512x512", "any"),
                               icon("/icon-maskable-512.png", "512x512", "maskable")})}};
    return manifest.dump(2);
}

std::string icon_svg(bool square) {
    std::string svg;
    for (const auto& file : web::files)
        if (file.name == asset_file("icon.svg")) svg = file.bytes;
    constexpr std::string_view rounding = " rx=\"6\"";
    if (const auto at = svg.find(rounding); square && at != std::string::npos) svg.erase(at, rounding.size());
    return svg;
}

std::string as_ico(const std::string& png, int size) {
    constexpr std::size_t header = 22;
    return little_endian(0, 2) + little_endian(1, 2) + little_endian(1, 2) +  // an icon, one picture
           std::string(2, static_cast<char>(size)) + little_endian(0, 2) + little_endian(1, 2) +
           little_endian(32, 2) + little_endian(png.size(), 4) + little_endian(header, 4) + png;
}

}  // namespace outcry::pages
