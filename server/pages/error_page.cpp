// server/pages/error_page.cpp: see the header.
#include "server/pages/error_page.hpp"

#include "server/pages/home_page.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

/// Keys of the word above, the heading and the sentence.
struct Keys {
    std::string_view word, heading, lead;
};

Keys keys_of(Trouble trouble) {
    switch (trouble) {
        case Trouble::report_unsaved:
            return {"error.word", "error.unsaved_heading", "error.unsaved"};
        case Trouble::too_many_reports:
            return {"error.busy_word", "error.many_heading", "error.many"};
        case Trouble::wrong_method:
            return {"error.busy_word", "error.method_heading", "error.method"};
        case Trouble::page:
            break;
    }
    return {"error.word", "error.heading", "error.lead"};
}

}  // namespace

std::string render_not_found(const std::string& asked, const std::vector<Near>& near, std::size_t services,
                             const Renderer& renderer) {
    const auto& words = renderer.words();
    Data data{Data::type::object};
    set_find(data, renderer, services, asked);
    kainjow::mustache::list rows;
    for (const auto& service : near) {
        Data row{Data::type::object};
        row.set("name", service.name);
        row.set("href", renderer.site().service(service.slug));
        rows.push_back(std::move(row));
    }
    data.set("lead", words.text(rows.empty() ? "not_found.lead" : "not_found.near"));
    data.set("has_rows", !rows.empty());
    data.set("rows", rows);
    return renderer.page({words.text("frame.title", {{"page", words.text("not_found.title")}}), "", ""},
                         web::templates::not_found, data);
}

std::string render_error(const ErrorView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto keys = keys_of(view.trouble);
    Data data{Data::type::object};
    data.set("word", words.text(keys.word));
    data.set("heading", words.text(keys.heading));
    data.set("lead", words.text(keys.lead));
    data.set("again", view.again);
    const bool back = !view.service_slug.empty();
    data.set("back", back ? renderer.site().service(view.service_slug) : renderer.site().page("/"));
    data.set("back_text",
             back ? words.text("error.back", {{"name", view.service_name}}) : words.text("error.home"));
    if (!view.request_id.empty()) data.set("request", view.request_id);
    return renderer.page({words.text("frame.title", {{"page", words.text(keys.heading)}}), "", ""},
                         web::templates::error, data);
}

}  // namespace outcry::pages
