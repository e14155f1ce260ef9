// server/pages/service_page.cpp: what is known of a service, put into its template.
#include "server/pages/service_page.hpp"

#include <algorithm>
#include <cmath>

#include "server/pages/home_page.hpp"
#include "server/pages/pictures/caption.hpp"
#include "server/pages/pictures/chart_key.hpp"
#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/place.hpp"
#include "server/pages/place_names.hpp"
#include "server/pages/service_chart.hpp"
#include "server/pages/service_sentence.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::State;
using kainjow::mustache::list;

constexpr std::size_t table_rows = 12;

/// With a full stop, unless it ends in something of the kind.
std::string as_sentence(std::string text) {
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
    return text;
}

/// As the API names it.
std::string step_name(std::chrono::minutes step) {
    if (step == 24h) return "1d";
    return step % 60min == 0min ? std::to_string(step / 60min) + 'h' : std::to_string(step.count()) + 'm';
}

list table_of(const ServiceView& view, const Words& words, Time now) {
    list rows;
    const auto& columns = view.columns;
    for (auto i = columns.size(); i-- > 0 && rows.size() < table_rows;) {
        Data row{Data::type::object};
        row.set("from", words.when(columns.start(i), now).html);
        row.set("reports", words.number(columns.reports[i]));
        row.set("usual", view.judged() ? words.usual(columns.expected[i]) : "–");
        row.set("works", words.number(columns.works[i]));
        row.set("running", i >= columns.complete);
        rows.push_back(std::move(row));
    }
    return rows;
}

list range_links(const ServiceView& view, const Words& words) {
    list links;
    for (const auto& range : all_ranges()) {
        Data link{Data::type::object};
        link.set("name", words.text("chart." + std::string(range.name)));
        link.set("href", "?range=" + std::string(range.name));
        link.set("here", range == view.range);
        links.push_back(std::move(link));
    }
    return links;
}

list rows_of(const std::vector<Brief>& briefs, const Renderer& renderer) {
    list rows;
    for (const auto& brief : briefs) rows.push_back(make_row(brief, renderer));
    return rows;
}

/// What stands below the sentence: who says so, and where to read on.
std::string beside(const ServiceView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    if (!is_rising(view.verdict.state) && view.verdict.state != State::recovering) {
        const auto& site = renderer.site();
        auto recent = words.markup("service.quiet");
        if (!view.incidents.empty()) {
            const auto& last = view.incidents.front();
            recent = words.markup("service.latest",
                                  {{"recent", words.plural("service.recent", view.incidents.size())},
                                   {"day", words.day(last.incident.opened)},
                                   {"incident", site.page("/i/" + last.id)}});
        }
        return words
            .markup("service.all_incidents",
                    {{"recent", recent}, {"incidents", site.page("/incidents?service=" + view.slug)}})
            .html;
    }
    std::string text;
    if (!view.official.empty()) {
        text =
            words
                .markup("service.official", {{"provider", view.speaker()},
                                             {"text", as_sentence(view.official.back().text)},
                                             {"time", words.when(view.official.back().at, view.counted_until)}})
                .html;
    } else if (view.verdict.state != State::spike) {  // the sentence of a spike says so itself
        text = words.markup("service.unconfirmed", {{"provider", view.speaker()}}).html;
    }
    if (view.open() && !view.incidents.empty() &&
        view.incidents.front().incident.phase == analytics::Phase::open)
        text += ' ' + words
                          .markup("service.incident",
                                  {{"incident", renderer.site().page("/i/" + view.incidents.front().id)}})
                          .html;
    return text;
}

/// What is being done and until when stands before what is reported meanwhile.
std::string work_sentence(const ServiceView& view, const Words& words, Time now) {
    if (!view.work) return {};
    return words
               .markup("service.lead.maintenance",
                       {{"title", as_sentence(view.work->title)}, {"to", words.when(view.work->ends, now)}})
               .html +
           ' ';
}

/// What reports say beside the work, when it is more than usual; and what is announced.
void set_work(Data& data, const ServiceView& view, const Words& words, Time now) {
    if (view.work && is_elevated(view.verdict.state)) {
        const std::string also{analytics::to_string(view.verdict.state)};
        data.set("also", also);
        data.set("also_word", words.text("state." + also));
    }
    list ahead;
    for (const auto& window : view.work_ahead) {
        Data row{Data::type::object};
        row.set("what", words
                            .markup("service.maintenance_ahead", {{"title", window.title},
                                                                  {"from", words.when(window.starts, now)},
                                                                  {"to", words.when(window.ends, now)}})
                            .html);
        ahead.push_back(std::move(row));
    }
    data.set("ahead", ahead);
}

void set_head(Data& data, const ServiceView& view, const Renderer& renderer, Time now) {
    const auto& words = renderer.words();
    const auto state = view.state();
    data.set("state", state);
    data.set("word", words.text("state." + state));
    data.set("heading", words.text("service.heading", {{"name", view.name}}));
    const auto place = view.open() ? place_sentence(view.incident, words) : Markup{};
    data.set("lead", work_sentence(view, words, now) + service_sentence(view, words).html + place.html);
    data.set("beside", beside(view, renderer));
    set_work(data, view, words, now);
    if (view.verdict.state == State::possible || view.verdict.state == State::recovering) {
        const auto key = view.verdict.state == State::recovering ? "service.since_recovering" : "service.since";
        data.set("since", words.markup(key, {{"time", words.when(view.verdict.since, now)}}).html);
    }
}

void set_messages(Data& data, const ServiceView& view, const Words& words, Time now) {
    list rows;
    for (const auto& group : view.messages) {
        Data row{Data::type::object};
        row.set("example", group.example);
        row.set("count", words.text("service.times_written", {{"n", words.number(group.count)}}));
        row.set("last",
                words.markup("service.last_written", {{"time", words.when(group.last_seen, now)}}).html);
        rows.push_back(std::move(row));
    }
    data.set("has_messages", !rows.empty());
    data.set("messages", rows);
}

/// The map is decoration for the ranked bars; it knows countries alone. Shades: a tenth, a third, all of the
/// most.
void set_where(Data& data, const ServiceView& view, const Renderer& renderer, Time now) {
    const auto& words = renderer.words();
    if (view.where.places.empty()) return;
    const auto most = view.where.places.front().excess();
    list rows;
    for (const auto& place : view.where.places) {
        const double part = place.excess() / most;
        Data row{Data::type::object};
        row.set("code", place.key);
        row.set("name", place_name(place.key, words.language()));
        row.set("excess", words.number(static_cast<std::uint64_t>(std::llround(place.excess()))));
        row.set("percent", std::to_string(std::max(1L, std::lround(part * 100))));
        row.set("shade", part > 0.5 ? "q4" : part > 0.2 ? "q3" : part > 0.05 ? "q2" : "q1");
        rows.push_back(std::move(row));
    }
    data.set("has_where", true);
    data.set("where", rows);
    data.set("where_map", view.where.countries);
    data.set("world", renderer.site().asset("world.svg"));
    data.set("where_lead",
             words.markup("service.where_lead", {{"time", words.when(view.problems_since, now)}}).html);
}

/// Both sides on one rail, the newest first; there is nothing to set side by side before the provider has
/// spoken.
void set_voices(Data& data, const ServiceView& view, const Words& words, Time now) {
    const bool both = view.open() && !view.official.empty() && !view.incidents.empty();
    data.set("has_voices", both);
    if (!both) return;
    auto record = view.incidents.front();
    record.incident = view.incident;
    set_story(data, make_story(record, {}, view.official), view.incident, view.speaker(), words, now);
    data.set("voices_title", words.text("service.voices", {{"provider", view.speaker()}}));
}

void set_chart(Data& data, const ServiceView& view, const Renderer& renderer, Time now) {
    const auto& words = renderer.words();
    const auto chart = service_chart(view, words);
    const auto& site = renderer.site();
    const auto series =
        site.path("/api/v1/services/" + view.slug + "/series?step=" + step_name(view.range.step) +
                  "&from=" + Words::stamp(view.extent.from) + "&to=" + Words::stamp(view.extent.to));
    data.set("chart_title", counted_in(view, words));
    data.set("chart", draw_chart(chart, words).html);
    data.set("key", draw_key(chart, words).html);
    if (!view.judged()) data.set("learning", words.text("service.learning"));
    data.set("series", series);
    data.set("from", Words::stamp(Time{view.extent.from}));
    data.set("to", Words::stamp(Time{view.extent.to}));
    data.set("csv", series + "&format=csv");
    data.set("share", site.service(view.slug) + "/share");
    data.set("feed", site.service(view.slug) + "/feed.atom");
    data.set("chart_css", site.asset("chart.css"));
    data.set("counted",
             words
                 .markup("chart.counted", {{"days", words.day_range(view.columns.from, view.counted_until)},
                                           {"time", words.when(view.counted_until, now)}})
                 .html);
    data.set("ranges", range_links(view, words));
    data.set("numbers", table_of(view, words, now));
}

}  // namespace

void set_problems(Data& data, const std::vector<Problem>& problems, const Words& words) {
    list rows;
    for (const auto& problem : problems) {
        Data row{Data::type::object};
        row.set("name", words.known(problem.label));
        row.set("share", words.percent(problem.share));
        row.set("percent", std::to_string(std::max(1L, std::lround(problem.share * 100))));
        rows.push_back(std::move(row));
    }
    data.set("has_problems", !rows.empty());
    data.set("problems", rows);
}

std::string render_service(const ServiceView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& site = renderer.site();
    const Time now{view.counted_until};
    Data data{Data::type::object};
    set_head(data, view, renderer, now);
    set_chart(data, view, renderer, now);
    set_problems(data, view.problems, words);
    data.set("problems_span",
             view.open()
                 ? words.markup("service.problems_since", {{"time", words.when(view.problems_since, now)}}).html
                 : words.markup("service.problems_day").html);
    data.set("has_family", !view.family.empty());
    data.set("family", rows_of(view.family, renderer));
    data.set("family_title",
             words.text(view.has_parent ? "service.siblings" : "service.parts", {{"name", view.family_head}}));
    data.set("has_near", !view.near.empty());
    data.set("near", rows_of(view.near, renderer));
    set_messages(data, view, words, now);
    set_where(data, view, renderer, now);
    set_voices(data, view, words, now);
    if (view.cause)
        data.set("cause", words
                              .markup("service.cause",
                                      {{"name", view.cause->name}, {"link", site.service(view.cause->slug)}})
                              .html);
    data.set("report", site.service(view.slug) + "/report");
    data.set("token", site.path("/client"));
    data.set("events", site.path("/api/v1/events?services=" + view.slug));
    if (is_web_address(view.status_page)) {
        data.set("status_page", view.status_page);
        data.set("status_page_text", view.provider.empty()
                                         ? words.text("service.status_page_plain")
                                         : words.text("service.status_page", {{"provider", view.provider}}));
    }
    data.set("how", words.markup("service.how", {{"method", site.page("/about/method")}}).html);

    const auto title = words.text(
        "frame.title", {{"page", words.text("service.title." + view.state(), {{"name", view.name}})}});
    const auto plain = words.text("service.description", {{"name", view.name}});
    const auto path =
        "/s/" + view.slug + (view.range_is_default ? "" : "?range=" + std::string(view.range.name));
    const auto caption = caption_of(view, words);
    return renderer.page(
        {.title = title,
         .description = plain,
         .here = "",
         .path = path,
         .styles = "service.css",
         .preview = "/s/" + view.slug + "/preview.png?v=" + preview_version(caption.state, now),
         .says = caption.sentence(words),
         .quotable = true,
         .feed = "/s/" + view.slug + "/feed"},
        web::templates::service, data);
}

}  // namespace outcry::pages
