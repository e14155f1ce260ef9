// server/pages/sharing/share_page.cpp: see the header.
#include "server/pages/sharing/share_page.hpp"

#include <fmt/format.h>

#include "server/pages/sharing/embed_page.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

/// Brackets and backslashes would end the text of a Markdown link.
std::string markdown_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == '\\' || c == '`') out += '\\';
        out += c;
    }
    return out;
}

void set_badge(Data& data, const Caption& caption, const std::string& path, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& site = renderer.site();
    const auto alt = caption.name + ": " + words.text("badge." + caption.state);
    const auto image = site.page_address(path + "/badge.svg"), page = site.page_address(path);
    data.set("badge", site.page(path + "/badge.svg"));
    data.set("badge_alt", alt);
    data.set("badge_markdown", fmt::format("[![{}]({})]({})", markdown_text(caption.name), image, page));
    data.set("badge_html", fmt::format(R"(<a href="{}"><img src="{}" alt="{}" height="28"></a>)", page, image,
                                       escape_html(caption.name)));
}

}  // namespace

std::string embed_path(const std::string& path) {
    return "/embed" + (path.starts_with("/s/") ? path.substr(2) : path);
}

std::string card_code(const std::string& name, const std::string& path, int width, int height,
                      const Renderer& renderer) {
    return fmt::format(R"(<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>)",
                       renderer.site().page_address(embed_path(path)), width, height,
                       escape_html(renderer.words().text("share.card_title", {{"name", name}})));
}

std::string render_share(const Caption& caption, const std::string& path, bool is_service,
                         const std::string& preview, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& site = renderer.site();
    const auto heading = words.text("share.heading", {{"name", caption.name}});
    Data data{Data::type::object};
    data.set("heading", heading);
    data.set("back", site.page(path));
    data.set("back_text",
             words.text(is_service ? "share.back_service" : "share.back_incident", {{"name", caption.name}}));
    data.set("embed", site.page(embed_path(path)));
    data.set("card_title", words.text("share.card_title", {{"name", caption.name}}));
    data.set("card_code", card_code(caption.name, path, card_size.width, card_size.height, renderer));
    data.set("chart", site.page(path + "/chart"));
    data.set("chart_alt", caption.sentence(words));
    data.set("chart_code", fmt::format(R"(<a href="{}"><img src="{}" alt="{}" width="800" height="450"></a>)",
                                       site.page_address(path), site.page_address(path + "/chart.svg"),
                                       escape_html(words.text("share.card_title", {{"name", caption.name}}))));
    data.set("csv", site.page(path + "/data.csv"));
    data.set("preview", site.page(path + "/preview.png?v=" + preview));
    data.set("address", site.page_address(path));
    if (is_service) {
        set_badge(data, caption, path, renderer);
        data.set("feed", site.page(path + "/feed"));
    }
    return renderer.page({.title = words.text("frame.title", {{"page", heading}}),
                          .description = words.text("share.lead"),
                          .here = "",
                          .styles = "share.css"},
                         web::templates::share, data);
}

}  // namespace outcry::pages
