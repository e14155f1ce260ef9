// server/pages/service_sentence.cpp: each state has its sentence; rare reports are not told in times of almost
// none.
#include "server/pages/service_sentence.hpp"

#include <algorithm>

namespace outcry::pages {

using analytics::State;

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
                    ' ' + words.markup("service.not_confirmed", {{"provider", view.speaker()}}).html;
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

}  // namespace outcry::pages
