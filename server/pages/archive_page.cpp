// server/pages/archive_page.cpp: see the header.
#include "server/pages/archive_page.hpp"

#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using kainjow::mustache::list;

Data option(const std::string& value, const std::string& name, bool chosen) {
    Data data{Data::type::object};
    data.set("value", value);
    data.set("name", name);
    data.set("chosen", chosen);
    return data;
}

void set_filters(Data& data, const ArchiveView& view, const Words& words) {
    const auto& query = view.query;
    list states, years, months;
    for (const std::string state : {"", "open", "closed"})
        states.push_back(option(state, words.text("incidents." + (state.empty() ? "any_state" : state)),
                                state == query.state));
    years.push_back(option("", words.text("incidents.any_year"), query.year == 0));
    for (const int year : view.years)
        years.push_back(option(std::to_string(year), std::to_string(year), year == query.year));
    months.push_back(option("", words.text("incidents.any_month"), query.month == 0));
    for (int month = 1; month <= 12; ++month)
        months.push_back(option(std::to_string(month), words.text("format.month." + std::to_string(month - 1)),
                                month == query.month));
    data.set("states", states);
    data.set("years", years);
    data.set("months", months);
    data.set("text", query.text);
    data.set("filtered", query.any());
    if (query.service.empty()) return;
    data.set("service", query.service);
    data.set("only_service", words.text("incidents.only_service", {{"name", view.service_name}}));
}

/// An archive spans years.
Markup with_year(Minute at, const Words& words) {
    return Words::time_element(at, words.day(at) + ' ' + words.clock(at));
}

list rows_of(const ArchiveView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    list rows;
    for (const auto& [record, name, slug, parts] : view.rows) {
        const auto& incident = record.incident;
        const bool closed = incident.phase == analytics::Phase::closed;
        Data row{Data::type::object};
        row.set("name", name);
        row.set("href", renderer.site().page("/i/" + record.id));
        row.set("opened",
                words.markup("incidents.opened_at", {{"time", with_year(incident.opened, words)}}).html);
        row.set("state", words.text(closed ? "incidents.closed" : "incidents.open"));
        row.set("peak", words.number(incident.peak));
        row.set("total", words.number(incident.total));
        if (record.merged)
            row.set("part_of", words
                                   .markup("incidents.part_of",
                                           {{"name", record.merged->name},
                                            {"whole", renderer.site().page("/i/" + record.merged->into)}})
                                   .html);
        if (!parts.empty()) row.set("with", words.text("incidents.with", {{"names", names_of(parts)}}));
        row.set("lasted", lasted(incident, words, view.now));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string render_archive(const ArchiveView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    Data data{Data::type::object};
    set_filters(data, view, words);
    data.set("has_rows", !view.rows.empty());
    data.set("rows", rows_of(view, renderer));
    data.set("none", words.text(view.query.any() ? "incidents.none_such" : "incidents.none"));
    if (!view.older.empty()) data.set("older", address_of(view.query, view.older));
    return renderer.page(
        {words.text("frame.title", {{"page", words.text("incidents.title")}}), words.text("incidents.lead"),
         "incidents", "/incidents" + address_of(view.query, view.query.before)},
        web::templates::incidents, data);
}

}  // namespace outcry::pages
