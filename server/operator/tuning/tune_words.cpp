// server/operator/tuning/tune_words.cpp: see the header.
#include "server/operator/tuning/tune_words.hpp"

#include <cmath>

namespace outcry::operators {

using pages::Words;

namespace {

std::string key_of(const Setting& setting, std::string_view what) {
    return "operator.tune." + std::string(what) + '.' + std::string(setting.name);
}

void add(std::string& sentence, const std::string& part, const Words& words) {
    if (!sentence.empty()) sentence += words.text("operator.tune.and");
    sentence += part;
}

}  // namespace

std::string alerts_in_words(std::size_t saved, std::size_t draft, bool unchanged, const Words& words) {
    if (unchanged) return words.plural("operator.tune.alerts", draft);
    if (saved == draft) return words.plural("operator.tune.alerts.same", draft);
    return words.text(draft == 1 ? "operator.tune.alerts.instead.one" : "operator.tune.alerts.instead.other",
                      {{"n", words.number(draft)}, {"saved", words.number(saved)}});
}

std::string sentence_of(const Foresight& foresight, const Words& words) {
    std::string sentence;
    const bool unchanged = foresight.draft == foresight.saved && foresight.against == Against::saved;
    add(sentence,
        alerts_in_words(foresight.comparison.saved.size(), foresight.comparison.draft.size(), unchanged, words),
        words);
    const auto counts = labelled(foresight.rises);
    if (counts.missed > 0)
        add(sentence, words.plural("operator.tune.misses", counts.missed), words);
    else if (counts.outages > 0)
        add(sentence, words.plural("operator.tune.finds", counts.outages), words);
    const auto later = std::llround(foresight.minutes_later().value_or(0));
    if (later != 0)
        add(sentence,
            words.text(later > 0 ? "operator.tune.slower" : "operator.tune.faster",
                       {{"time", words.duration(std::chrono::minutes{std::abs(later)})}}),
            words);
    return sentence;
}

std::string setting_in_words(const Setting& setting, double value, const Words& words) {
    return words.text(key_of(setting, "value"), {{"n", setting_text(value)}});
}

std::string setting_in_words(const Setting& setting, const analytics::DetectorSettings& settings,
                             const Words& words) {
    return setting_in_words(setting, setting.get(settings), words);
}

std::string settings_in_words(const analytics::DetectorSettings& all, const Words& words) {
    std::string text;
    for (const auto& setting : settings()) {
        if (!text.empty()) text += " · ";
        text += words.text(key_of(setting, "short"), {{"n", setting_text(setting.get(all))}});
    }
    return text;
}

std::string range_in_words(const Setting& setting, const Words& words) {
    return words.text(setting.whole ? "operator.tune.range_whole" : "operator.tune.range",
                      {{"name", words.text(key_of(setting, "name"))},
                       {"least", setting_text(setting.least)},
                       {"most", setting_text(setting.most)}});
}

}  // namespace outcry::operators
