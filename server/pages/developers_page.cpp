// server/pages/developers_page.cpp: see the header.
#include "server/pages/developers_page.hpp"

#include <algorithm>

#include "web_templates.hpp"

namespace outcry::pages {
namespace {

/// One that offers problems to choose from, if there is any.
const storage::Service* example(const live::Catalogue& catalogue) {
    const auto& all = catalogue.services;
    const auto found =
        std::find_if(all.begin(), all.end(), [](const auto& service) { return !service.categories.empty(); });
    if (found != all.end()) return &*found;
    return all.empty() ? nullptr : &all.front();
}

}  // namespace

std::string render_developers(const live::Catalogue& catalogue, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& site = renderer.site();
    const auto* service = example(catalogue);
    const std::string slug = service ? service->slug : "example";
    Data data{Data::type::object};
    data.set("api", site.address("/api/v1"));
    data.set("home", site.address(""));
    data.set("slug", slug);
    data.set("category", service && !service->categories.empty() ? service->categories.front().key : "login");
    data.set("share", site.page(service ? "/s/" + slug + "/share" : "/"));
    data.set(
        "licence_text",
        words.markup("developers.licence_text", {{"licence", "https://creativecommons.org/licenses/by/4.0/"}})
            .html);
    return renderer.page({.title = words.text("frame.title", {{"page", words.text("developers.title")}}),
                          .description = words.text("developers.lead"),
                          .here = "developers",
                          .path = "/developers",
                          .styles = "reading.css"},
                         web::templates::developers, data);
}

}  // namespace outcry::pages
