// server/pages/search_page.cpp: see the header.
#include "server/pages/search_page.hpp"

#include "server/http/target.hpp"
#include "server/pages/home_page.hpp"
#include "web_templates.hpp"

namespace outcry::pages {

std::string render_search(const std::string& query, const std::vector<Brief>& found, bool exact,
                          std::size_t services, const Renderer& renderer) {
    const auto& words = renderer.words();
    Data data{Data::type::object};
    set_find(data, renderer, services, query);
    kainjow::mustache::list rows;
    for (const auto& brief : found) rows.push_back(make_row(brief, renderer));
    const auto heading = words.text(exact ? "find.some" : "find.none", {{"q", query}});
    data.set("heading", heading);
    if (!exact && !rows.empty()) data.set("lead", words.text("find.did_you_mean"));
    data.set("has_rows", !rows.empty());
    data.set("rows", rows);
    data.set("missing", !exact);
    return renderer.page(
        {words.text("frame.title", {{"page", heading}}), "", "", "/?q=" + http::percent_encode(query)},
        web::templates::search, data);
}

}  // namespace outcry::pages
