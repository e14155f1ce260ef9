// server/operator/tuning/rises.cpp: joins the lists of a comparison and the labels by time.
#include "server/operator/tuning/rises.hpp"

#include <algorithm>

namespace outcry::operators {

using analytics::Incident;

namespace {

/// Widens the rise so that it covers the incident too.
void cover(Rise& rise, const Incident& incident, Minute to) {
    // An alert covers a minute at least, so that there is something to label.
    const auto closed = incident.phase == analytics::Phase::closed ? incident.closed : to;
    rise.began = rise.began == Minute{} ? incident.began : std::min(rise.began, incident.began);
    rise.ended = std::max({rise.ended, closed, incident.opened + std::chrono::minutes{1}});
}

Rise rise_of(const Incident* saved, const Incident* draft, Change change, Minute to) {
    Rise rise{.change = change};
    if (saved) cover(rise, *(rise.saved = *saved), to);
    if (draft) cover(rise, *(rise.draft = *draft), to);
    return rise;
}

void add_label(std::vector<Rise>& rises, const storage::AlertLabel& label) {
    bool belongs = false;
    for (auto& rise : rises) {
        if (rise.began >= label.ended || label.began >= rise.ended || !rise.alert()) continue;
        belongs = true;
        rise.real = rise.real.value_or(false) || label.real;  // of several, an outage weighs more
        if (label.real && !rise.draft) rise.change = Change::missed;
    }
    if (belongs) return;
    rises.push_back({.began = label.began,
                     .ended = label.ended,
                     .real = label.real,
                     .change = label.real ? Change::missed : Change::kept});
}

}  // namespace

std::string_view to_string(Change change) {
    switch (change) {
        case Change::added:
            return "added";
        case Change::removed:
            return "removed";
        case Change::missed:
            return "missed";
        case Change::earlier:
            return "earlier";
        case Change::later:
            return "later";
        case Change::kept:
            return "kept";
    }
    return "";
}

std::vector<Rise> rises_of(const analytics::Comparison& found, std::span<const storage::AlertLabel> labels,
                           Minute to) {
    std::vector<Rise> rises;
    for (const auto& incident : found.added) rises.push_back(rise_of(nullptr, &incident, Change::added, to));
    for (const auto& incident : found.removed)
        rises.push_back(rise_of(&incident, nullptr, Change::removed, to));
    for (const auto& [list, change] :
         {std::pair{&found.earlier, Change::earlier}, std::pair{&found.later, Change::later},
          std::pair{&found.unchanged, Change::kept}})
        for (const auto& [saved, draft] : *list) rises.push_back(rise_of(&saved, &draft, change, to));
    for (const auto& label : labels) add_label(rises, label);
    std::sort(rises.begin(), rises.end(), [](const Rise& a, const Rise& b) { return a.began > b.began; });
    return rises;
}

Labelled labelled(std::span<const Rise> rises) {
    Labelled counts;
    for (const auto& rise : rises) {
        if (!rise.real) continue;
        (*rise.real ? counts.outages : counts.false_alarms) += 1;
        if (*rise.real) {
            counts.missed += !rise.draft;
            counts.missed_by_saved += !rise.saved;
        } else {
            counts.raised += rise.draft.has_value();
            counts.raised_by_saved += rise.saved.has_value();
        }
    }
    return counts;
}

}  // namespace outcry::operators
