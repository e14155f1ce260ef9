// server/pages/service_page.cpp: see the header.
#include "server/pages/service_page.hpp"

#include <algorithm>
#include <cmath>

#include "server/pages/home_page.hpp"
#include "server/pages/pictures/caption.hpp"
#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/place.hpp"
#include "server/pages/place_names.hpp"
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

/// Who could confirm.
const std::string& speaker(const ServiceView& view) {
    return view.provider.empty() ? view.name : view.provider;
}

bool judged(const ServiceView& view) {
    return view.verdict.state != State::insufficient_data;
}

/// As the API names it.
std::string step_name(std::chrono::minutes step) {
    if (step == 24h) return "1d";
    return step % 60min == 0min ? std::to_string(step / 60min) + 'h' : std::to_string(step.count()) + 'm';
}

std::string step_key(const ServiceView& view) {
    return "chart.step." + std::to_string(view.range.step.count());
}

std::string describe(const ServiceView& view, const Words& words, Time now) {
    const auto& columns = view.columns;
    const auto highest = std::max_element(columns.reports.begin(), columns.reports.end());
    if (highest == columns.reports.end() || *highest == 0) return words.text("chart.describe_empty");
    const auto at = columns.start(static_cast<std::size_t>(highest - columns.reports.begin()));
    const auto last = columns.complete > 0 ? columns.complete - 1 : 0;
    auto text = words.text("chart.describe", {{"peak", words.number(*highest)},
                                              {"at", words.moment(at, now)},
                                              {"last", words.number(columns.reports[last])},
                                              {"usual", words.usual(columns.expected[last])}});
    if (view.open())
        text += ' ' + words.text("chart.describe_incident", {{"at", words.moment(view.incident.opened, now)}});
    return text;
}

list table_of(const ServiceView& view, const Words& words, Time now) {
    list rows;
    const auto& columns = view.columns;
    for (auto i = columns.size(); i-- > 0 && rows.size() < table_rows;) {
        Data row{Data::type::object};
        row.set("from", words.when(columns.start(i), now).html);
        row.set("reports", words.number(columns.reports[i]));
        row.set("usual", judged(view) ? words.usual(columns.expected[i]) : "–");
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
                .markup("service.official", {{"provider", speaker(view)},
                                             {"text", as_sentence(view.official.back().text)},
                                             {"time", words.when(view.official.back().at, view.counted_until)}})
                .html;
    } else if (view.verdict.state != State::spike) {  // the sentence of a spike says so itself
        text = words.markup("service.unconfirmed", {{"provider", speaker(view)}}).html;
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
    set_story(data, make_story(record, {}, view.official), view.incident, speaker(view), words, now);
    data.set("voices_title", words.text("service.voices", {{"provider", speaker(view)}}));
}

void set_chart(Data& data, const ServiceView& view, const Renderer& renderer, Time now) {
    const auto& words = renderer.words();
    const auto chart = service_chart(view, words);
    const auto& site = renderer.site();
    const auto series =
        site.path("/api/v1/services/" + view.slug + "/series?step=" + step_name(view.range.step) +
                  "&from=" + Words::stamp(view.extent.from) + "&to=" + Words::stamp(view.extent.to));
    data.set("chart_title", words.text(step_key(view)));
    data.set("chart", draw_chart(chart, words).html);
    data.set("key", draw_key(chart, words).html);
    if (!judged(view)) data.set("learning", words.text("service.learning"));
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

Chart service_chart(const ServiceView& view, const Words& words) {
    const Time now{view.counted_until};
    Chart chart{.id = "c", .columns = view.columns, .to = Time{view.extent.to}, .band = judged(view)};
    chart.title =
        words.text("chart.over." + std::string(view.range.name), {{"what", words.text(step_key(view))}});
    chart.description = describe(view, words, now);
    for (auto record = view.incidents.rbegin(); record != view.incidents.rend(); ++record) {
        const auto& incident = record->incident;
        if (incident.phase != analytics::Phase::closed || incident.closed <= view.extent.from) continue;
        chart.incidents.push_back({Time{incident.began}, Time{incident.opened}, Time{incident.closed}});
    }
    if (view.open()) {
        chart.incidents.push_back(
            {Time{view.incident.began}, Time{view.incident.opened}, Time{view.counted_until}});
        chart.opened_text = words.text("chart.opened", {{"at", words.moment(view.incident.opened, now)}});
    }
    for (const auto& window : view.work_shown)
        chart.works.push_back({window.starts, window.ends, window.title});
    for (const auto& update : view.official) chart.marks.push_back({update.at, update.text});
    if (!view.official.empty())
        chart.first_mark_text =
            words.text("chart.first_word",
                       {{"provider", speaker(view)}, {"at", words.moment(view.official.front().at, now)}});
    if (view.range.step != 15min) return chart;
    constexpr std::chrono::milliseconds half_window = 450s;  // a sum of 15 minutes stands at its middle
    if (view.columns.complete > 0 && view.verdict.until > view.columns.from + 15min)
        chart.newest = Sum{Time{view.verdict.until} - half_window, view.verdict.observed};
    if (view.open() && view.incident.peak > 0 && view.incident.peak_at > view.extent.from) {
        chart.peak = Sum{Time{view.incident.peak_at} - half_window, view.incident.peak};
        if (chart.newest && chart.newest->at - chart.peak->at < view.range.span / 40)
            chart.newest.reset();  // one dot, not two
        chart.peak_text = words.text("chart.peak", {{"n", words.number(view.incident.peak)},
                                                    {"at", words.moment(view.incident.peak_at, now)}});
    }
    return chart;
}

Markup service_sentence(const ServiceView& view, const Words& words) {
    const auto& verdict = view.verdict;
    const Time now{view.counted_until};
    const auto count = words.plural("count.reports", verdict.observed);
    const auto usual = words.usual(verdict.expected);
    const auto times = words.times(verdict.ratio());
    const bool rare = verdict.expected < 0.5;
    const auto whole = [&](double value) { return words.number(static_cast<std::uint64_t>(value)); };
    switch (verdict.state) {
        case State::normal:
            if (verdict.high < 1) return words.markup("service.lead.normal_none", {{"count", count}});
            if (verdict.low < 1)
                return words.markup("service.lead.normal_few",
                                    {{"count", count}, {"high", whole(verdict.high)}});
            return words.markup("service.lead.normal",
                                {{"count", count}, {"low", whole(verdict.low)}, {"high", whole(verdict.high)}});
        case State::possible:
        case State::spike: {
            const auto key =
                "service.lead." + std::string(analytics::to_string(verdict.state)) + (rare ? "_rare" : "");
            auto sentence = words.markup(key, {{"count", count},
                                               {"times", times},
                                               {"usual", usual},
                                               {"time", words.when(verdict.since, now)}});
            if (verdict.state == State::spike && view.official.empty())
                sentence.html +=
                    ' ' + words.markup("service.not_confirmed", {{"provider", speaker(view)}}).html;
            return sentence;
        }
        case State::recovering:
            return words.markup("service.lead.recovering",
                                {{"count", count},
                                 {"peak", words.number(std::max(view.incident.peak, verdict.observed))},
                                 {"peak_at", words.when(view.incident.peak_at, now)},
                                 {"usual", usual}});
        case State::insufficient_data:
            break;
    }
    if (view.day_reports == 0) return words.markup("service.lead.insufficient_none");
    return words.markup("service.lead.insufficient_data",
                        {{"count", words.plural("count.reports", view.day_reports)}});
}

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
         .preview = "/s/" + view.slug + "/preview.png?v=" + preview_version(caption.state, now),
         .says = caption.sentence(words),
         .quotable = true,
         .feed = "/s/" + view.slug + "/feed"},
        web::templates::service, data);
}

}  // namespace outcry::pages
