// server/app/phrase.cpp: facts filled into sentences.
#include "server/app/phrase.hpp"

#include "server/pages/routes.hpp"

namespace outcry::app {
namespace {

using notify::Facts;
using notify::Wording;

/// Which sentences of the catalogue speak of this, as the incident stands: what is told late says so.
std::string key_of(const Facts& facts) {
    const auto kind = facts.news.kind.substr(facts.news.kind.rfind('.') + 1);
    if (!facts.incident) return "notify." + kind;
    const auto& [incident, ending] = std::tie(facts.incident->incident, facts.incident->ending);
    const bool over = incident.phase == analytics::Phase::closed;
    if (kind == "closed") return ending && *ending != storage::Ending::calm ? "notify.ended" : "notify.closed";
    if (over) return kind == "merged" ? "notify.merged_over" : "notify.over";
    return kind == "opened" && incident.peak_at > incident.reasons.until ? "notify.grown" : "notify." + kind;
}

/// "12:40 UTC"; with the day when that is not the one on which the incident began.
std::string moment(Time at, const analytics::Incident& incident, const pages::Words& words) {
    const bool same_day =
        std::chrono::floor<std::chrono::days>(at) == std::chrono::floor<std::chrono::days>(incident.began);
    return same_day ? words.text("notify.at", {{"clock", words.clock(at)}})
                    : words.text("notify.at_day", {{"clock", words.clock(at)}, {"day", words.day(at)}});
}

Wording word(const Facts& facts, const pages::Words& words) {
    const auto key = key_of(facts);
    Wording wording{.subject = {},
                    .text = {},
                    .look = words.text("notify.look"),
                    .acknowledge = words.text("notify.acknowledge"),
                    .silence = words.text("notify.silence")};
    if (!facts.incident) {
        wording.subject = words.text(key + ".subject");
        wording.text = words.text(key + ".text");
        return wording;
    }
    const auto& incident = facts.incident->incident;
    const auto lasted = std::chrono::floor<std::chrono::minutes>(facts.news.at - incident.opened);
    const auto whole = facts.incident->merged ? facts.incident->merged->name : std::string{};
    wording.subject =
        words.text(key + ".subject", {{"service", facts.name},
                                      {"lasted", words.duration(lasted)},
                                      {"whole", whole},
                                      {"reports", words.plural("count.reports", incident.reasons.observed)},
                                      {"peak", words.plural("count.reports", incident.peak)}});
    wording.text =
        words.text(key + ".text", {{"reports", words.plural("count.reports", incident.reasons.observed)},
                                   {"usual", words.usual(incident.reasons.expected)},
                                   {"began", words.clock(incident.began)},
                                   {"day", words.day(incident.began)},
                                   {"closed", moment(incident.closed, incident, words)},
                                   {"lasted", words.duration(lasted)},
                                   {"whole", whole},
                                   {"peak", words.plural("count.reports", incident.peak)},
                                   {"peak_at", moment(incident.peak_at, incident, words)},
                                   {"total", words.plural("count.reports", incident.total)}});
    if (facts.acknowledged)
        wording.text += ' ' + words.text("notify.acknowledged", {{"by", facts.acknowledged->by_whom}});
    return wording;
}

}  // namespace

notify::Phrase make_phrase() {
    const auto renderer = pages::make_renderers("", "").front();
    return [renderer](const Facts& facts) { return word(facts, renderer->words()); };
}

}  // namespace outcry::app
