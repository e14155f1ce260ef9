// server/pages/reading_page.cpp: see the header.
#include "server/pages/reading_page.hpp"

#include <array>

#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using kainjow::mustache::list;

constexpr std::array<std::string_view, 6> states{"normal",     "possible",          "spike",
                                                 "recovering", "insufficient_data", "maintenance"};

/// The catalogue's array at `path`, each entry under "text".
list texts(const Words& words, const std::string& path) {
    list entries;
    for (std::size_t i = 0; words.all().contains(path + '.' + std::to_string(i)); ++i) {
        Data entry{Data::type::object};
        entry.set("text", words.markup(path + '.' + std::to_string(i)).html);
        entries.push_back(std::move(entry));
    }
    return entries;
}

list state_rows(const Words& words) {
    list rows;
    for (const auto state : states) {
        Data row{Data::type::object};
        row.set("state", std::string(state));
        row.set("word", words.text("state." + std::string(state)));
        row.set("meaning", words.text("method.meaning_of." + std::string(state)));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string render_reading(std::string_view key, const Renderer& renderer) {
    const auto& words = renderer.words();
    const std::string name{key};
    list sections;
    for (std::size_t i = 0;; ++i) {
        const auto path = name + ".sections." + std::to_string(i);
        if (!words.all().contains(path + ".heading")) break;
        Data section{Data::type::object};
        section.set("heading", words.text(path + ".heading"));
        section.set("paragraphs", texts(words, path + ".paragraphs"));
        auto points = texts(words, path + ".points");
        section.set("has_points", !points.empty());
        section.set("points", points);
        section.set("states_table", words.all().contains(path + ".table"));
        section.set("states", state_rows(words));
        sections.push_back(std::move(section));
    }
    Data data{Data::type::object};
    data.set("heading", words.text(name + ".heading"));
    data.set("lead", words.text(name + ".lead"));
    data.set("sections", sections);
    return renderer.page(
        {words.text("frame.title", {{"page", words.text(name + ".title")}}), words.text(name + ".lead"), key,
         key == "method" ? "/about/method" : '/' + name, "reading.css"},
        web::templates::reading, data);
}

}  // namespace outcry::pages
