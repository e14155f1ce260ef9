// server/pages/pictures/caption.cpp: see the header.
#include "server/pages/pictures/caption.hpp"

#include <algorithm>

namespace outcry::pages {
namespace {

using analytics::State;

std::string compared(double expected, double ratio, const Words& words) {
    const auto usual = words.usual(expected);
    if (expected < 0.5) return words.text("caption.rare", {{"usual", usual}});
    return words.text("caption.times", {{"times", words.times(ratio)}, {"usual", usual}});
}

std::string compared(const ServiceView& view, const Words& words) {
    const auto& verdict = view.verdict;
    const auto whole = [&](double value) { return words.number(static_cast<std::uint64_t>(value)); };
    switch (verdict.state) {
        case State::normal:
            if (verdict.low < 1) return words.text("caption.normal_few", {{"high", whole(verdict.high)}});
            return words.text("caption.normal", {{"low", whole(verdict.low)}, {"high", whole(verdict.high)}});
        case State::recovering:
            return words.text("caption.recovering",
                              {{"peak", words.number(std::max(view.incident.peak, verdict.observed))},
                               {"peak_at", words.moment(view.incident.peak_at, Time{view.counted_until})}});
        case State::insufficient_data:
            return words.text("caption.insufficient_data");
        case State::possible:
        case State::spike:
            break;
    }
    return compared(verdict.expected, verdict.ratio(), words);
}

std::string moment_of(Time at, const Words& words) {
    return words.text("caption.moment", {{"day", words.day(at)}, {"time", words.clock(at)}});
}

}  // namespace

std::string Caption::sentence(const Words& words) const {
    return words.text("caption.sentence",
                      {{"name", name}, {"word", long_word()}, {"count", count}, {"compare", compare}});
}

Caption caption_of(const ServiceView& view, const Words& words) {
    const bool judged = view.verdict.state != State::insufficient_data;
    const auto count = judged ? view.verdict.observed : view.day_reports;
    Caption caption{.state = view.state(),
                    .word = words.text("state." + view.state()),
                    .name = view.name,
                    .count = words.text(judged ? "caption.count" : "caption.count_day",
                                        {{"count", words.plural("count.reports", count)}}),
                    .compare = compared(view, words),
                    .moment = moment_of(view.counted_until, words)};
    if (view.work)
        caption.work = words.text("caption.maintenance",
                                  {{"to", words.moment(view.work->ends, Time{view.counted_until})}});
    return caption;
}

Caption caption_of(const IncidentRow& row, const Words& words, Time now) {
    const auto& incident = row.record.incident;
    const bool over = incident.phase == analytics::Phase::closed;
    const double usual = incident.reasons.expected;
    return {.state = over ? "normal" : "spike",
            .word = words.text(over ? "caption.closed" : "caption.open"),
            .name = row.name,
            .count = words.text("caption.peak", {{"count", words.plural("count.reports", incident.peak)}}),
            .compare = compared(usual, incident.peak / std::max(usual, 0.1), words),
            .moment = moment_of(over ? incident.closed : now, words)};
}

}  // namespace outcry::pages
