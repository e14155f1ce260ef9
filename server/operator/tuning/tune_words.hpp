// server/operator/tuning/tune_words.hpp: what tuning says in words: the one sentence, settings, changes.
#pragma once
#include <string>
#include <string_view>

#include "server/operator/tuning/draft.hpp"
#include "server/operator/tuning/foresight.hpp"
#include "server/pages/words.hpp"

namespace outcry::operators {

/// "4 alerts instead of 11; misses 1 labelled outage; 3 min slower".
std::string sentence_of(const Foresight&, const pages::Words&);

/// Its first part; `unchanged`: the draft is what is saved.
std::string alerts_in_words(std::size_t saved, std::size_t draft, bool unchanged, const pages::Words&);

/// "1.2 a year", "5 reports", "30 min".
std::string setting_in_words(const Setting&, double value, const pages::Words&);
std::string setting_in_words(const Setting&, const analytics::DetectorSettings&, const pages::Words&);
/// All four, short: "1.2 a year · 5 reports · hold 0 min · clear 30 min".
std::string settings_in_words(const analytics::DetectorSettings&, const pages::Words&);

/// "Hold lies between 0 and 60".
std::string range_in_words(const Setting&, const pages::Words&);

}  // namespace outcry::operators
