// server/operator/tuning/tune_view.cpp: rows, marks and words of the tuning page.
#include "server/operator/tuning/tune_view.hpp"

#include <algorithm>

#include "server/http/target.hpp"
#include "server/operator/tuning/lanes.hpp"
#include "server/operator/tuning/tune_words.hpp"
#include "server/pages/pictures/chart_key.hpp"
#include "server/pages/pictures/chart_svg.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using analytics::DetectorSettings;
using analytics::Incident;
using kainjow::mustache::list;
using pages::Data;
using pages::Words;

namespace {

std::string own(std::string_view key) {
    return "operator.tune." + std::string(key);
}

Data object() {
    return Data{Data::type::object};
}

std::string told_by(const storage::SettingsEntry& entry, Time now, const Words& words) {
    return words.text(own(entry.by_whom.empty() ? "saved_at" : "saved_by"),
                      {{"time", words.moment(entry.made, now)}, {"who", entry.by_whom}});
}

void add_standing(Data& data, const TuneView& view, const pages::Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& holds = view.log.front();
    const auto href = renderer.site().service(view.service.slug);
    data.set("standing", words
                             .markup(own("standing"), {{"name", view.service.name},
                                                       {"href", href},
                                                       {"version", std::to_string(holds.version.version)},
                                                       {"told", told_by(holds, view.now, words)}})
                             .html);
    data.set("heading", words.text(own("heading"), {{"name", view.service.name}}));
}

void add_sentence(Data& data, const TuneView& view, const Words& words) {
    const auto& recorded = view.foresight.recorded;
    const bool empty = recorded.from >= recorded.to;
    data.set("sentence", empty ? words.text(own("nothing_counted")) : sentence_of(view.foresight, words));
    data.set("sentence_note", words.text(own(empty ? "nothing_counted_note" : "sentence_note")));
    data.set("has_past", !empty);
    const bool whole = recorded.to - recorded.from >= std::chrono::days{30};
    data.set("past", whole ? words.text(own("past_month"))
                           : words.text(own("past_since"), {{"day", words.day(recorded.from)}}));
}

/// An outage in these days would press what is usual flat, and settings are about what is usual.
bool needs_tens(const analytics::Columns& columns) {
    constexpr double many_times = 8;
    const auto most = [](const auto& values) {
        return values.empty() ? 0. : static_cast<double>(*std::max_element(values.begin(), values.end()));
    };
    return most(columns.reports) > many_times * std::max(most(columns.high), 1.);
}

void add_chart(Data& data, const TuneView& view, const Words& words) {
    if (view.peaks.size() == 0) return;
    const auto& columns = view.peaks;
    const auto to = columns.start(columns.size());
    pages::Chart chart{.id = "tune", .columns = columns, .to = to, .tens = needs_tens(columns)};
    chart.title = words.text(own("chart_title"));
    chart.description =
        words.text(own("chart_description"), {{"n", words.number(view.foresight.rises.size())}});
    data.set("chart", pages::draw_chart(chart, words).html);
    data.set("chart_key", pages::draw_key(chart, words).html);
    data.set("lanes", draw_lanes(view.foresight.rises, columns.from, to, words).html);
}

std::string delay(const Rise& rise, const std::optional<Incident>& alert, const Words& words) {
    return alert ? words.duration(alert->opened - rise.began) : words.text(own("none"));
}

std::string value_of(const Rise& rise, std::string_view label) {
    return std::string(label) + '/' + Words::stamp(rise.began) + '/' + Words::stamp(rise.ended);
}

list choices_of(const Rise& rise, const Words& words) {
    list choices;
    for (const auto& [label, pressed] :
         {std::pair{"real", rise.real == true}, std::pair{"false", rise.real == false},
          std::pair{"unknown", !rise.real}}) {
        auto choice = object();
        choice.set("value", value_of(rise, label));
        choice.set("id", "l-" + std::to_string(rise.began.time_since_epoch().count()) + '-' + label);
        choice.set("pressed", pressed ? "true" : "false");
        choice.set("text", words.markup(own("label." + std::string(label))).html);
        if (std::string_view(label) == "unknown") {
            const auto said = pages::escape_html(words.text(own("label.unknown_said")));
            choice.set("text", "<span aria-hidden=\"true\">?</span><span class=\"vh\">" + said + "</span>");
        }
        choices.push_back(std::move(choice));
    }
    return choices;
}

Data row_of(const Rise& rise, const TuneView& view, const Words& words) {
    auto row = object();
    const auto at = words.short_day(rise.began) + ' ' + words.clock(rise.began);
    row.set("at", Words::time_element(rise.began, at).html);
    row.set("lasted", words.duration(rise.ended - rise.began));
    if (const auto* alert = rise.alert()) {
        row.set("peak", words.number(alert->peak));
        const auto usual = std::max(alert->reasons.expected, .1);
        row.set("peak_note", words.text(own("times_usual"), {{"times", words.times(alert->peak / usual)}}));
    } else {
        row.set("peak", words.text(own("none")));
        row.set("peak_note", "");
    }
    row.set("saved_after", delay(rise, rise.saved, words));
    row.set("draft_after", delay(rise, rise.draft, words));
    row.set("change", words.text(own("change." + std::string(to_string(rise.change)))));
    const bool missed = rise.change == Change::missed, added = rise.change == Change::added;
    row.set("missed", missed);
    row.set("strong", added);
    row.set("plain", !missed && !added);
    row.set("question", words.text(own("question"), {{"at", at}}));
    row.set("may_label", view.actor.may(Role::operator_));
    row.set("said", words.text(own(!rise.real   ? "label.unknown_said"
                                   : *rise.real ? "label.real"
                                                : "label.false")));
    row.set("choices", choices_of(rise, words));
    return row;
}

void add_rises(Data& data, const TuneView& view, const Words& words) {
    const auto& found = view.foresight.comparison;
    list rows;
    for (const auto& rise : view.foresight.rises) rows.push_back(row_of(rise, view, words));
    data.set("has_rises", !rows.empty());
    data.set("rises", std::move(rows));
    const auto n = [&](std::size_t count) { return words.number(count); };
    data.set("changes", view.foresight.rises.empty()
                            ? words.text(own("no_alerts"))
                            : words.text(own("changes_counted"), {{"added", n(found.added.size())},
                                                                  {"removed", n(found.removed.size())},
                                                                  {"earlier", n(found.earlier.size())},
                                                                  {"later", n(found.later.size())},
                                                                  {"kept", n(found.unchanged.size())}}));
    data.set("draft_query", draft_query(view.foresight.draft));
}

void add_difference(Data& data, const TuneView& view, const Words& words) {
    const auto &saved = view.foresight.saved, &draft = view.foresight.draft;
    list rows;
    for (const auto& setting : settings()) {
        if (setting.get(saved) == setting.get(draft)) continue;
        auto row = object();
        row.set("name", words.text(own("name." + std::string(setting.name))));
        row.set("saved", setting_in_words(setting, saved, words));
        row.set("draft", setting_in_words(setting, draft, words));
        rows.push_back(std::move(row));
    }
    data.set("differs", !rows.empty());
    data.set("differences", std::move(rows));
    data.set("draft_false_alarms", setting_text(draft.false_alarms_per_year));
    data.set("draft_least", std::to_string(draft.least_reports));
    data.set("draft_hold", std::to_string(draft.hold.count()));
    data.set("draft_clear", std::to_string(draft.clear.count()));
}

void add_saving(Data& data, const TuneView& view, const Words& words) {
    const auto version = view.log.front().version.version;
    data.set("may_save", view.actor.may(Role::operator_));
    data.set("version", std::to_string(version));
    data.set("save_label", words.text(own("save_as"), {{"n", std::to_string(version + 1)}}));
    data.set("note", view.note);
    if (!view.note_error.empty()) data.set("note_error", view.note_error);
    if (!view.notice.empty()) {
        auto notice = object();
        notice.set("kind", view.notice_kind);
        notice.set("heading", words.text(own("notice." + view.notice), {{"version", std::to_string(version)},
                                                                        {"who", view.log.front().by_whom}}));
        notice.set("text", words.text(own("notice." + view.notice + "_text")));
        data.set("notice", notice);
    }
}

void add_conflict(Data& data, const TuneView& view, const Words& words) {
    if (!view.conflict) return;
    auto conflict = object();
    const auto named = [&](const storage::SettingsEntry& entry) {
        return words.text(own("conflict.version"), {{"n", std::to_string(entry.version.version)}});
    };
    conflict.set("before", named(view.conflict->base));
    conflict.set("theirs", named(view.conflict->theirs));
    list rows;
    for (const auto& setting : settings()) {
        auto row = object();
        row.set("name", words.text(own("name." + std::string(setting.name))));
        row.set("old", setting_in_words(setting, view.conflict->base.version.settings, words));
        row.set("their", setting_in_words(setting, view.conflict->theirs.version.settings, words));
        row.set("mine", setting_in_words(setting, view.foresight.draft, words));
        rows.push_back(std::move(row));
    }
    conflict.set("rows", std::move(rows));
    conflict.set("what_now",
                 words
                     .markup(own("conflict.what_now"),
                             {{"n", std::to_string(view.conflict->theirs.version.version)},
                              {"why", view.conflict->theirs.note.empty() ? words.text(own("none"))
                                                                         : view.conflict->theirs.note}})
                     .html);
    data.set("conflict", conflict);
}

void add_history(Data& data, const TuneView& view, const std::string& action, const Words& words) {
    list rows;
    for (const auto& entry : view.log) {
        auto row = object();
        const auto number = std::to_string(entry.version.version);
        row.set("number", number);
        row.set("made", pages::escape_html(told_by(entry, view.now, words)));
        row.set("settings", settings_in_words(entry.version.settings, words));
        row.set("why", entry.note.empty() ? words.text(own("none")) : entry.note);
        row.set("try_href", action + '?' + draft_query(entry.version.settings));
        row.set("to", number);
        row.set("roll_back", words.text(own("roll_back"), {{"n", number}}));
        row.set("may_roll_back", view.actor.may(Role::operator_) && &entry != &view.log.front());
        rows.push_back(std::move(row));
    }
    data.set("versions", std::move(rows));
}

}  // namespace

Data tune_data(const TuneView& view, const pages::Renderer& renderer) {
    const auto& words = renderer.words();
    const auto action = renderer.site().path("/admin/s/" + view.service.slug + "/tune");
    auto data = object();
    data.set("action", action);
    data.set("csrf", view.actor.csrf);
    data.set("tune_js", renderer.site().asset("tune.js"));
    data.set("dials_table", std::string(web::operator_templates::dials_table));
    data.set("dials", dial_rows(&view.foresight.saved, view.foresight.draft, view.typed, words));
    data.set("zone", view.service.zone);
    add_standing(data, view, renderer);
    add_sentence(data, view, words);
    add_chart(data, view, words);
    add_rises(data, view, words);
    add_difference(data, view, words);
    add_saving(data, view, words);
    add_conflict(data, view, words);
    add_history(data, view, action, words);
    return data;
}

list dial_rows(const DetectorSettings* saved, const DetectorSettings& draft,
               const std::map<std::string, std::string>& typed, const Words& words) {
    list rows;
    for (const auto& setting : settings()) {
        const std::string name(setting.name);
        auto row = object();
        row.set("id", "d-" + name);
        row.set("field", name);
        row.set("name", words.text(own("name." + name)));
        row.set("hint", words.text(own("hint." + name)));
        row.set("unit", words.text(own("unit." + name)));
        row.set("slider", words.text(own("slider"), {{"name", words.text(own("name." + name))}}));
        row.set("saved", saved ? setting_in_words(setting, *saved, words) : words.text(own("various")));
        row.set("least", setting_text(setting.least));
        row.set("most", setting_text(setting.most));
        row.set("step", setting.whole ? "1" : "any");
        row.set("scale", setting.least > 0 ? "log" : "linear");
        const auto wrong = typed.find(name);
        row.set("value", wrong == typed.end() ? setting_text(setting.get(draft)) : wrong->second);
        if (wrong != typed.end()) row.set("error", range_in_words(setting, words));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string draft_query(const DetectorSettings& draft) {
    std::string query;
    for (const auto& setting : settings())
        query +=
            (query.empty() ? "" : "&") + std::string(setting.name) + '=' + setting_text(setting.get(draft));
    return query;
}

}  // namespace outcry::operators
