// server/pages/home_page.cpp: see the header.
#include "server/pages/home_page.hpp"

#include "server/pages/pictures/spark.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using kainjow::mustache::list;

Markup quiet_line(const Brief& brief, const Words& words, Time now) {
    const auto& verdict = brief.verdict;
    const auto since = words.when(verdict.since, now);
    const auto usual = words.usual(verdict.expected);
    if (verdict.expected < 0.5) return words.markup("home.tile_rare", {{"usual", usual}, {"since", since}});
    return words.markup("home.tile_usual",
                        {{"times", words.times(verdict.ratio())}, {"usual", usual}, {"since", since}});
}

Data tile_data(const HomeView::Tile& tile, bool wide, const Renderer& renderer, Time now) {
    const auto& words = renderer.words();
    const auto& verdict = tile.head.verdict;
    auto data = make_row(tile.head, renderer);
    data.set("word", long_state(tile.head, words));
    data.set("wide", wide);
    const Markup count{"<b class=\"count\">" + words.number(verdict.observed) + "</b>"};
    data.set("count", words.plural_markup("home.tile_count", verdict.observed, {{"n", count}}).html);
    data.set("meta", tile.cause.empty()
                         ? quiet_line(tile.head, words, now).html
                         : words
                               .markup("home.tile_collateral",
                                       {{"name", tile.cause}, {"since", words.when(verdict.since, now)}})
                               .html);
    data.set("spark", draw_spark(tile.spark, verdict.low, verdict.high).html);
    list parts;
    for (const auto& part : tile.parts) {
        auto row = make_row(part, renderer);
        row.set("count", words.number(part.verdict.observed));
        parts.push_back(std::move(row));
    }
    data.set("has_parts", !parts.empty());
    data.set("parts", parts);
    return data;
}

Data easing_data(const HomeView::Easing& easing, const Renderer& renderer) {
    const auto& words = renderer.words();
    auto data = make_row(easing.service, renderer);
    const auto& verdict = easing.service.verdict;
    if (easing.service.peak > verdict.observed) {
        data.set("word", words.text("home.down_from", {{"n", words.number(verdict.observed)},
                                                       {"peak", words.number(easing.service.peak)}}));
    }
    data.set("spark", draw_spark(easing.spark, verdict.low, verdict.high).html);
    return data;
}

Data work_data(const HomeView::Work& work, const Renderer& renderer, Time now) {
    auto data = make_row(work.service, renderer);
    data.set("what", renderer.words()
                         .markup("service.maintenance", {{"title", work.window.title},
                                                         {"to", renderer.words().when(work.window.ends, now)}})
                         .html);
    return data;
}

Data recent_data(const HomeView::Recent& recent, const Renderer& renderer) {
    const auto& words = renderer.words();
    Data data{Data::type::object};
    data.set("name", recent.name);
    data.set("href", renderer.site().page("/i/" + recent.id));
    const auto day = words.short_day(recent.incident.opened);
    const bool closed = recent.incident.phase == analytics::Phase::closed;
    data.set("when",
             closed ? words.text("home.recent_when",
                                 {{"day", day},
                                  {"span", words.duration(recent.incident.closed - recent.incident.opened)}})
                    : words.text("home.recent_open", {{"day", day}}));
    return data;
}

std::string summary(const HomeView& view, const Words& words) {
    if (view.unusual == 0) return words.text("home.calm");
    return words.text("home.usual_share", {{"n", words.number(view.services - view.unusual)},
                                           {"all", words.plural("count.services", view.services)}});
}

}  // namespace

void set_find(Data& data, const Renderer& renderer, std::size_t services, const std::string& query) {
    data.set("placeholder", renderer.words().plural("count.placeholder", services));
    data.set("query", query);
}

Data make_row(const Brief& brief, const Renderer& renderer) {
    Data row{Data::type::object};
    row.set("name", brief.name);
    row.set("href", renderer.site().service(brief.slug));
    row.set("state", brief.state());
    row.set("word", brief.collateral ? renderer.words().text("short_state.collateral")
                                     : short_state(brief, renderer.words()));
    return row;
}

std::string render_home(const HomeView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    const Time now{view.counted_until};
    Data data{Data::type::object};
    set_find(data, renderer, view.services, "");
    data.set("calm", view.unusual == 0 && view.services > 0);
    data.set("empty", view.services == 0);
    data.set("summary", view.services == 0 ? "" : summary(view, words));
    data.set("counted", words.markup("home.counted", {{"time", words.when(now, now)}}).html);
    data.set("events", renderer.site().path("/api/v1/events"));

    list rising, easing, work, recent, groups;
    for (const auto& tile : view.rising) {
        const bool wide = &tile == &view.rising.front() && tile.head.verdict.state == analytics::State::spike &&
                          view.rising.size() > 1;
        rising.push_back(tile_data(tile, wide, renderer, now));
    }
    for (const auto& service : view.easing) easing.push_back(easing_data(service, renderer));
    for (const auto& window : view.work) work.push_back(work_data(window, renderer, now));
    for (const auto& incident : view.recent) recent.push_back(recent_data(incident, renderer));
    for (std::size_t i = 0; i < view.groups.size(); ++i) {
        list rows;
        for (const auto& service : view.groups[i].services) rows.push_back(make_row(service, renderer));
        Data group{Data::type::object};
        group.set("id", "g" + std::to_string(i));
        group.set("name",
                  view.groups[i].name.empty() ? words.text("home.other") : words.known(view.groups[i].name));
        group.set("rows", rows);
        groups.push_back(std::move(group));
    }
    data.set("has_rising", !rising.empty());
    data.set("rising", rising);
    data.set("has_easing", !easing.empty());
    data.set("easing", easing);
    data.set("has_work", !work.empty());
    data.set("work", work);
    data.set("has_recent", rising.empty() && !recent.empty());
    data.set("recent", recent);
    data.set("groups", groups);
    return renderer.page({words.text("home.title"), words.text("home.description"), "", "/", "home.css"},
                         web::templates::home, data);
}

}  // namespace outcry::pages
