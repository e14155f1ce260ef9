// server/pages/incident_page.cpp: see the header.
#include "server/pages/incident_page.hpp"

#include "server/pages/caption.hpp"
#include "server/pages/chart_svg.hpp"
#include "server/pages/preview_picture.hpp"
#include "server/pages/service_page.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Incident;
using kainjow::mustache::list;

bool closed(const Incident& incident) {
    return incident.phase == analytics::Phase::closed;
}

Minute end_of(const Incident& incident, Time now) {
    return closed(incident) ? incident.closed : minute_of(now);
}

std::string lasted(const Incident& incident, const Words& words, Time now) {
    return words.duration(end_of(incident, now) - incident.opened);
}

Data fact(const std::string& name, const std::string& value, const std::string& note) {
    Data data{Data::type::object};
    data.set("name", name);
    data.set("value", value);
    data.set("note", note);
    return data;
}

list facts_of(const Incident& incident, const Words& words, Time now) {
    const auto when = [&](Minute at) {
        return words.when(at, incident.opened);
    };  // its own day goes without a date
    const auto total_note = closed(incident)
                                ? words.markup("incident.total_note",
                                               {{"from", when(incident.began)}, {"to", when(incident.closed)}})
                                : words.markup("incident.total_open_note", {{"from", when(incident.began)}});
    const auto lasted_note =
        closed(incident) ? words.markup("incident.lasted_note",
                                        {{"from", when(incident.opened)}, {"to", when(incident.closed)}})
                         : words.markup("incident.open_note", {{"from", when(incident.opened)}});
    list facts;
    facts.push_back(fact(words.text("incident.peak"), words.number(incident.peak),
                         words.markup("incident.peak_note", {{"time", when(incident.peak_at)}}).html));
    facts.push_back(fact(words.text("incident.total"), words.number(incident.total), total_note.html));
    facts.push_back(fact(words.text("incident.lasted"), lasted(incident, words, now), lasted_note.html));
    return facts;
}

list reasons_of(const storage::IncidentRecord& record, const Words& words) {
    const auto& why = record.incident.reasons;
    const auto row = [](const std::string& name, const std::string& value) {
        Data data{Data::type::object};
        data.set("name", name);
        data.set("value", value);
        return data;
    };
    list rows;
    rows.push_back(row(words.text("incident.observed"),
                       words.text("incident.observed_value", {{"n", words.number(why.observed)}})));
    rows.push_back(row(words.text("incident.expected"), words.decimal(why.expected)));
    rows.push_back(row(words.text("incident.ratio"),
                       words.text("incident.ratio_value", {{"n", words.times(why.ratio())}})));
    rows.push_back(row(words.text("incident.score"),
                       words.text("incident.score_value", {{"score", words.decimal(why.score)},
                                                           {"threshold", words.decimal(why.threshold)}})));
    rows.push_back(row(words.text("incident.rule"),
                       words.text("incident.rule_value", {{"n", std::to_string(record.settings_version)}})));
    return rows;
}

}  // namespace

std::chrono::minutes incident_step(const Incident& incident, Time now) {
    return end_of(incident, now) - incident.began > 48h ? 60min : 15min;
}

Extent incident_extent(const Incident& incident, Time now) {
    const auto step = incident_step(incident, now);
    return {analytics::floor_to(incident.began - 1h, step),
            analytics::floor_to(end_of(incident, now) + 1h, step)};
}

std::string render_incidents(const std::vector<IncidentRow>& incidents, const std::string& older, Time now,
                             const Renderer& renderer) {
    const auto& words = renderer.words();
    list rows;
    for (const auto& [record, name, slug] : incidents) {
        const auto& incident = record.incident;
        Data row{Data::type::object};
        row.set("name", name);
        row.set("href", renderer.site().page("/i/" + record.id));
        row.set("opened", words.markup("incidents.opened_at", {{"time", words.dated(incident.opened)}}).html);
        row.set("state", words.text(closed(incident) ? "incidents.closed" : "incidents.open"));
        row.set("peak", words.number(incident.peak));
        row.set("total", words.number(incident.total));
        row.set("lasted", lasted(incident, words, now));
        rows.push_back(std::move(row));
    }
    Data data{Data::type::object};
    data.set("has_rows", !rows.empty());
    data.set("rows", rows);
    if (!older.empty()) data.set("older", older);
    return renderer.page({words.text("frame.title", {{"page", words.text("incidents.title")}}),
                          words.text("incidents.lead"), "incidents", "/incidents"},
                         web::templates::incidents, data);
}

Chart incident_chart(const IncidentView& view, const Words& words) {
    const auto& incident = view.row.record.incident;
    Chart chart{.id = "i",
                .title = words.text("chart.step." + std::to_string(view.columns.step.count())),
                .columns = view.columns,
                .to = Time{view.extent.to}};
    chart.incidents.push_back({Time{incident.began}, Time{incident.opened}, Time{end_of(incident, view.now)}});
    chart.opened_text = words.text("incident.chart_opened", {{"at", words.clock(incident.opened)}});
    chart.peak_text =
        words.text("chart.peak", {{"n", words.number(incident.peak)}, {"at", words.clock(incident.peak_at)}});
    chart.description = chart.peak_text + ". " + chart.opened_text + '.';
    if (view.columns.step == 15min) chart.peak = Sum{Time{incident.peak_at} - 450s, incident.peak};
    return chart;
}

std::string render_incident(const IncidentView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& [record, name, slug] = view.row;
    const auto& incident = record.incident;
    const bool over = closed(incident);
    const auto day = words.day(incident.opened);
    const auto heading = words.text("incident.heading", {{"name", name}, {"day", day}});

    Data data{Data::type::object};
    data.set("state", over ? "insufficient_data" : "spike");  // the ground: grey once it is history
    data.set("badge", over ? "normal" : "spike");
    data.set("word", words.text(over ? "incident.closed_word" : "incident.open_word"));
    const auto when = words.dated(over ? incident.closed : incident.opened);
    data.set("status", words.markup(over ? "incident.closed" : "incident.open", {{"time", when}}).html);
    data.set("heading", heading);
    const auto usual = incident.reasons.expected;
    const double ratio = incident.peak / std::max(usual, 0.1);
    data.set("lead", words
                         .markup(usual < 0.5 ? "incident.lead_rare" : "incident.lead",
                                 {{"peak", words.number(incident.peak)},
                                  {"times", words.times(ratio)},
                                  {"usual", words.usual(usual)}})
                         .html);
    data.set("facts", facts_of(incident, words, view.now));
    const auto chart = incident_chart(view, words);
    data.set("chart_title", chart.title);
    data.set("chart", draw_chart(chart, words).html);
    data.set("key", draw_key(chart, words).html);
    data.set("counted", words.day_range(view.columns.from, end_of(incident, view.now)).html);
    data.set("reasons", reasons_of(record, words));
    data.set("method",
             words.markup("incident.method", {{"method", renderer.site().page("/about/method")}}).html);
    set_problems(data, view.problems, words);
    data.set("citation",
             words.text("incident.citation", {{"heading", heading},
                                              {"peak", words.number(incident.peak)},
                                              {"peak_at", words.moment(incident.peak_at, incident.opened)},
                                              {"total", words.number(incident.total)},
                                              {"address", renderer.site().page_address("/i/" + record.id)}}));
    data.set("service_href", renderer.site().service(slug));
    data.set("service_link", words.text("incident.service", {{"name", name}}));
    const auto page = "/i/" + record.id;
    data.set("csv", renderer.site().page(page + "/data.csv"));
    data.set("picture", renderer.site().page(page + "/chart"));
    data.set("share", renderer.site().page(page + "/share"));
    const auto caption = caption_of(view.row, words, view.now);
    return renderer.page(
        {.title = words.text("frame.title", {{"page", heading}}),
         .description = caption.sentence(words),
         .here = "incidents",
         .path = page,
         .preview = page + "/preview.png?v=" +
                    preview_version(over ? "closed" : "open", over ? Time{incident.closed} : view.now),
         .says = caption.sentence(words),
         .quotable = true},
        web::templates::incident, data);
}

}  // namespace outcry::pages
