// server/app/phrase.cpp: facts filled into sentences.
#include "server/app/phrase.hpp"

#include "server/pages/routes.hpp"

namespace outcry::app {
namespace {

using notify::Facts;
using notify::Wording;

/// Which sentences of the catalogue speak of this.
std::string key_of(const Facts& facts) {
    const auto kind = facts.news.kind.substr(facts.news.kind.rfind('.') + 1);
    const auto& ending = facts.incident ? facts.incident->ending : std::nullopt;
    if (kind == "closed" && ending && *ending != storage::Ending::calm) return "notify.ended";
    return "notify." + kind;
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
                                   {"closed", words.clock(incident.closed)},
                                   {"lasted", words.duration(lasted)},
                                   {"whole", whole},
                                   {"peak", words.plural("count.reports", incident.peak)},
                                   {"peak_at", words.clock(incident.peak_at)},
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
