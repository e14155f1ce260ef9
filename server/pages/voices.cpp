// server/pages/voices.cpp: see the header.
#include "server/pages/voices.hpp"

#include <algorithm>
#include <array>

namespace outcry::pages {
namespace {

using analytics::Incident;
using analytics::State;
using What = Moment::What;

constexpr std::array<std::string_view, 9> names{
    "rise", "opened", "peak", "easing", "rising_again", "closed", "archived", "closed_by_operator", "official"};

constexpr std::array<std::string_view, 4> statuses{"investigating", "identified", "monitoring", "resolved"};

std::string key_of(What what) {
    return "story." + std::string(names.at(static_cast<std::size_t>(what)));
}

What end_of(const storage::IncidentRecord& record) {
    switch (record.ending.value_or(storage::Ending::calm)) {
        case storage::Ending::archived:
            return What::archived;
        case storage::Ending::by_operator:
            return What::closed_by_operator;
        case storage::Ending::calm:
            break;
    }
    return What::closed;
}

std::string text_of(const Moment& moment, const Incident& incident, const Words& words) {
    if (moment.what == What::official) return moment.official.text;
    const auto& why = incident.reasons;
    const bool rare = why.expected < 0.5;
    const auto key = key_of(moment.what) + (moment.what == What::opened && rare ? "_rare_text" : "_text");
    return words.text(key, {{"count", words.number(moment.count)},
                            {"times", words.times(why.ratio())},
                            {"usual", words.usual(why.expected)}});
}

std::string title_of(const Moment& moment, const Incident& incident, const std::string& provider,
                     const Words& words) {
    if (moment.what == What::official) return statement_title(moment.official, provider, words);
    const bool so_far = moment.what == What::peak && incident.phase == analytics::Phase::open;
    return words.text(key_of(moment.what) + (so_far ? "_so_far" : ""));
}

}  // namespace

std::vector<OfficialUpdate> updates_of(const std::vector<storage::Statement>& statements) {
    std::vector<OfficialUpdate> updates;
    for (const auto& said : statements)
        updates.push_back({said.at, said.status, said.text.empty() ? said.title : said.text});
    return updates;
}

std::string statement_title(const OfficialUpdate& said, const std::string& provider, const Words& words) {
    const bool named = std::find(statuses.begin(), statuses.end(), said.status) != statuses.end();
    return words.text("story.says." + (named ? said.status : "other"), {{"provider", provider}});
}

std::vector<Moment> make_story(const storage::IncidentRecord& record,
                               const std::vector<storage::IncidentEvent>& events,
                               const std::vector<OfficialUpdate>& official) {
    const auto& incident = record.incident;
    const auto& why = incident.reasons;
    std::vector<Moment> story{
        {.at = incident.began, .what = What::rise, .count = why.reports_since},
        {.at = incident.opened, .what = What::opened, .count = why.observed, .expected = why.expected}};
    for (const auto& event : events) {
        if (event.kind != storage::IncidentEvent::Kind::state) continue;
        const auto what = event.state == State::recovering ? What::easing : What::rising_again;
        story.push_back({.at = event.at, .what = what, .count = event.observed.value_or(0)});
    }
    story.push_back({.at = incident.peak_at, .what = What::peak, .count = incident.peak});
    for (const auto& update : official)
        story.push_back({.at = update.at, .what = What::official, .official = update});
    if (incident.phase == analytics::Phase::closed)
        story.push_back({.at = incident.closed, .what = end_of(record)});
    std::stable_sort(story.begin(), story.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
    return story;
}

std::optional<std::chrono::minutes> head_start(const Incident& incident,
                                               const std::vector<OfficialUpdate>& official) {
    if (official.empty()) return std::nullopt;
    const auto first = std::min_element(official.begin(), official.end(),
                                        [](const auto& a, const auto& b) { return a.at < b.at; });
    return std::chrono::floor<std::chrono::minutes>(first->at) - incident.opened;
}

void set_story(Data& data, const std::vector<Moment>& story, const Incident& incident,
               const std::string& provider, const Words& words, Time day) {
    kainjow::mustache::list rows;
    bool spoken = false;
    for (const auto& moment : story) {
        const bool official = moment.what == What::official;
        Data row{Data::type::object};
        if (official && !spoken && Time{incident.opened} <= moment.at) {
            const auto ahead = std::chrono::floor<std::chrono::minutes>(moment.at) - incident.opened;
            row.set("ahead", words.duration(ahead));
        }
        spoken = spoken || official;
        row.set("official", official);
        row.set("time", words.when(moment.at, day).html);
        row.set("who", words.text(official ? "story.who_official" : "story.who_users"));
        row.set("title", title_of(moment, incident, provider, words));
        row.set("text", text_of(moment, incident, words));
        rows.push_back(std::move(row));
    }
    data.set("story", rows);
    data.set("story_times", words.markup("story.times").html);
    if (spoken) data.set("sides", words.text("story.side_official", {{"provider", provider}}));
}

}  // namespace outcry::pages
