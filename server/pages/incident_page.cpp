// server/pages/incident_page.cpp: see the header.
#include "server/pages/incident_page.hpp"

#include <algorithm>

#include "server/pages/pictures/caption.hpp"
#include "server/pages/pictures/chart_key.hpp"
#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/place.hpp"
#include "server/pages/service_page.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Incident;
using kainjow::mustache::list;

constexpr std::size_t most_rows = 200;  // of the table; the rest is in the exported numbers

bool closed(const Incident& incident) {
    return incident.phase == analytics::Phase::closed;
}

Minute end_of(const Incident& incident, Time now) {
    return closed(incident) ? incident.closed : minute_of(now);
}

Data fact(const std::string& name, const std::string& value, const std::string& note) {
    Data data{Data::type::object};
    data.set("name", name);
    data.set("value", value);
    data.set("note", note);
    return data;
}

list facts_of(const IncidentView& view, const Words& words) {
    const auto& incident = view.row.record.incident;
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
    facts.push_back(fact(words.text("incident.lasted"), lasted(incident, words, view.now), lasted_note.html));
    if (const auto ahead = head_start(incident, view.official)) {
        const bool users = *ahead >= 0min;
        const auto first = view.official.front().at;
        facts.push_back(
            fact(words.text(users ? "incident.users_first" : "incident.provider_first",
                            {{"provider", view.provider}}),
                 words.duration(users ? *ahead : -*ahead),
                 words.markup("incident.first_word", {{"time", words.when(first, incident.opened)}}).html));
    }
    return facts;
}

list reasons_of(const IncidentView& view, const Words& words) {
    const auto& record = view.row.record;
    const auto& why = record.incident.reasons;
    const auto whole = [](std::uint64_t value) { return std::to_string(value); };
    list rows;
    const auto add = [&](std::string_view key, Fills fills) {
        Data data{Data::type::object};
        data.set("name", words.text("incident." + std::string(key)));
        data.set("value", words.text("incident." + std::string(key) + "_value", fills));
        rows.push_back(std::move(data));
    };
    add("observed", {{"n", words.number(why.observed)}});
    add("expected", {{"n", words.decimal(why.expected)},
                     {"low", words.decimal(why.low)},
                     {"high", words.decimal(why.high)}});
    add("ratio", {{"n", words.times(why.ratio())}});
    add("score", {{"score", words.decimal(why.score)}, {"threshold", words.decimal(why.threshold)}});
    if (view.settings) {
        add("allowed", {{"n", words.decimal(view.settings->false_alarms_per_year)}});
        add("least", {{"n", words.number(view.settings->least_reports)}});
        add("held", {{"hold", whole(static_cast<std::uint64_t>(view.settings->hold.count()))},
                     {"clear", whole(static_cast<std::uint64_t>(view.settings->clear.count()))}});
    }
    add("rule", {{"n", whole(static_cast<std::uint64_t>(record.settings_version))}});
    return rows;
}

list numbers_of(const IncidentView& view, const Words& words) {
    list rows;
    const auto& columns = view.columns;
    const auto most = std::min(columns.complete, most_rows);
    for (std::size_t i = 0; i < most; ++i) {
        Data row{Data::type::object};
        row.set("from", words.when(columns.start(i), view.row.record.incident.opened).html);
        row.set("reports", words.number(columns.reports[i]));
        row.set("usual", view.band ? words.usual(columns.expected[i]) : "–");
        row.set("works", words.number(columns.works[i]));
        rows.push_back(std::move(row));
    }
    return rows;
}

list related_of(const IncidentView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    list rows;
    for (const auto& [row, family] : view.related) {
        Data data{Data::type::object};
        data.set("name", row.name);
        data.set("href", renderer.site().page("/i/" + row.record.id));
        data.set("note", words.text(family ? "incident.related_family" : "incident.related_peak",
                                    {{"peak", words.number(row.record.incident.peak)}}));
        rows.push_back(std::move(data));
    }
    return rows;
}

/// The whole, and what is told as parts of it.
void set_merges(Data& data, const IncidentRow& row, const Renderer& renderer) {
    const auto& words = renderer.words();
    if (const auto& merged = row.record.merged)
        data.set("part_of", words
                                .markup("incident.part_of",
                                        {{"time", Words::time_element(merged->at, words.day(merged->at))},
                                         {"name", merged->name},
                                         {"whole", renderer.site().page("/i/" + merged->into)}})
                                .html);
    list rows;
    for (const auto& part : row.parts) {
        Data data_of_part{Data::type::object};
        data_of_part.set("name", part.service_name);
        data_of_part.set("href", renderer.site().page("/i/" + part.id));
        data_of_part.set("note",
                         words.text("incident.related_peak", {{"peak", words.number(part.incident.peak)}}));
        rows.push_back(std::move(data_of_part));
    }
    data.set("has_parts", !rows.empty());
    data.set("parts", rows);
}

list notes_of(const IncidentView& view, const Words& words) {
    list rows;
    for (const auto& note : view.notes) {
        Data data{Data::type::object};
        data.set("time", Words::time_element(note.at, words.day(note.at)).html);
        data.set("text", note.text);
        rows.push_back(std::move(data));
    }
    return rows;
}

/// Statements that became known too late to be a part of the record.
list later_of(const IncidentView& view, const std::string& provider, const Words& words) {
    list rows;
    for (const auto& said : view.later) {
        Data data{Data::type::object};
        data.set("time", words.dated(said.at).html);
        data.set("title", statement_title(said, provider, words));
        data.set("text", said.text);
        rows.push_back(std::move(data));
    }
    return rows;
}

void set_head(Data& data, const IncidentView& view, const Words& words) {
    const auto& incident = view.row.record.incident;
    const bool over = closed(incident);
    data.set("state", over ? "insufficient_data" : "spike");  // the ground: grey once it is history
    data.set("badge", over ? "normal" : "spike");
    data.set("word", words.text(over ? "incident.closed_word" : "incident.open_word"));
    const auto when = words.dated(over ? incident.closed : incident.opened);
    data.set("status", words.markup(over ? "incident.closed" : "incident.open", {{"time", when}}).html);
    if (view.row.record.ending == storage::Ending::archived)
        data.set("ended", words.text("incident.ended_archived"));
    if (view.row.record.ending == storage::Ending::by_operator)
        data.set("ended", words.text("incident.ended_by_operator"));
    const auto usual = incident.reasons.expected;
    const double ratio = incident.peak / std::max(usual, 0.1);
    data.set("lead", words.markup(usual < 0.5 ? "incident.lead_rare" : "incident.lead",
                                  {{"peak", words.number(incident.peak)},
                                   {"times", words.times(ratio)},
                                   {"usual", words.usual(usual)}})
                             .html +
                         place_sentence(incident, words).html);
}

}  // namespace

std::string names_of(const std::vector<storage::IncidentRecord>& incidents) {
    std::string names;
    for (const auto& each : incidents) names += (names.empty() ? "" : ", ") + each.service_name;
    return names;
}

std::string lasted(const Incident& incident, const Words& words, Time now) {
    return words.duration(end_of(incident, now) - incident.opened);
}

Chart incident_chart(const IncidentView& view, const Words& words) {
    const auto& incident = view.row.record.incident;
    Chart chart{.id = "i",
                .title = words.text("chart.step." + std::to_string(view.columns.step.count())),
                .columns = view.columns,
                .to = Time{view.extent.to},
                .band = view.band};
    chart.incidents.push_back({Time{incident.began}, Time{incident.opened}, Time{end_of(incident, view.now)}});
    chart.opened_text = words.text("incident.chart_opened", {{"at", words.clock(incident.opened)}});
    chart.peak_text =
        words.text("chart.peak", {{"n", words.number(incident.peak)}, {"at", words.clock(incident.peak_at)}});
    chart.description =
        words.text("incident.describe", {{"peak", words.number(incident.peak)},
                                         {"peak_at", words.moment(incident.peak_at, incident.opened)},
                                         {"opened", words.moment(incident.opened, incident.opened)}});
    for (const auto& update : view.official) chart.marks.push_back({update.at, update.text});
    if (!view.official.empty())
        chart.first_mark_text = words.text(
            "chart.first_word", {{"provider", view.provider}, {"at", words.clock(view.official.front().at)}});
    if (view.columns.step == 15min) chart.peak = Sum{Time{incident.peak_at} - 450s, incident.peak};
    return chart;
}

std::string render_incident(const IncidentView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& [record, name, slug, parts] = view.row;
    const auto& incident = record.incident;
    const auto day = words.day(incident.opened);
    const auto heading = words.text("incident.heading", {{"name", name}, {"day", day}});

    Data data{Data::type::object};
    set_head(data, view, words);
    set_merges(data, view.row, renderer);
    data.set("heading", heading);
    data.set("facts", facts_of(view, words));
    const auto chart = incident_chart(view, words);
    data.set("chart_title", chart.title);
    data.set("chart", draw_chart(chart, words).html);
    data.set("key", draw_key(chart, words).html);
    data.set("series", renderer.site().path("/api/v1/incidents/" + record.id + "/series"));
    data.set("from", Words::stamp(Time{view.extent.from}));
    data.set("to", Words::stamp(Time{view.extent.to}));
    data.set("chart_css", renderer.site().asset("chart.css"));
    const auto days = words.day_range(view.columns.from, end_of(incident, view.now));
    data.set("counted", closed(incident)
                            ? words.markup("incident.counted", {{"days", days}}).html
                            : words
                                  .markup("incident.counted_open",
                                          {{"days", days}, {"time", words.when(view.complete_until, view.now)}})
                                  .html);
    if (!closed(incident) && view.listed)
        data.set("events", renderer.site().path("/api/v1/events?services=" + slug));
    if (!view.band) data.set("no_band", words.text("incident.no_band"));
    data.set("numbers", numbers_of(view, words));
    const auto& provider = view.provider.empty() ? name : view.provider;
    set_story(data, make_story(record, view.events, view.official), incident, provider, words, incident.opened);
    data.set("has_later", !view.later.empty());
    data.set("later", later_of(view, provider, words));
    data.set("reasons", reasons_of(view, words));
    data.set("method",
             words.markup("incident.method", {{"method", renderer.site().page("/about/method")}}).html);
    set_problems(data, view.problems, words);
    data.set("has_related", !view.related.empty());
    data.set("related", related_of(view, renderer));
    data.set("has_notes", !view.notes.empty());
    data.set("notes", notes_of(view, words));
    data.set("citation",
             words.text("incident.citation", {{"heading", heading},
                                              {"peak", words.number(incident.peak)},
                                              {"peak_at", words.moment(incident.peak_at, incident.opened)},
                                              {"total", words.number(incident.total)},
                                              {"address", renderer.site().page_address("/i/" + record.id)}}));
    if (view.listed) {
        data.set("service_href", renderer.site().service(slug));
        data.set("service_link", words.text("incident.service", {{"name", name}}));
        data.set("of_service", renderer.site().page("/incidents?service=" + slug));
        data.set("of_service_link", words.text("incident.of_service", {{"name", name}}));
    }
    const bool over = closed(incident);
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
         .styles = "service.css",
         .preview = page + "/preview.png?v=" +
                    preview_version(over ? "closed" : "open", over ? Time{incident.closed} : view.now),
         .says = caption.sentence(words),
         .quotable = true},
        web::templates::incident, data);
}

}  // namespace outcry::pages
