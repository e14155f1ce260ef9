// server/pages/brief.cpp: see the header.
#include "server/pages/brief.hpp"

namespace outcry::pages {

namespace {

/// What reports say.
std::string counted_state(const analytics::Verdict& verdict, const Words& words) {
    if (is_rising(verdict.state) && verdict.expected >= 0.5 && verdict.ratio() >= 1.5)
        return words.text("short_state.times", {{"n", words.times(verdict.ratio())}});
    return words.text("short_state." + std::string(analytics::to_string(verdict.state)));
}

}  // namespace

Brief make_brief(const storage::Service& service, const analytics::Standing& standing,
                 const storage::Maintenance* work) {
    const bool open = standing.incident.phase == analytics::Phase::open;
    Brief brief{service.slug, service.name, standing.verdict, open ? standing.incident.peak : 0};
    if (work) brief.work = *work;
    return brief;
}

std::vector<std::uint32_t> quarter_hours(const analytics::Board& board, storage::ServiceId service,
                                         std::size_t n) {
    const auto until = board.complete_until();
    const auto from = until - std::chrono::minutes{15} * static_cast<int>(n);
    std::vector<std::uint32_t> sums(n, 0);
    for (const auto& bin : board.bins(service, from, until)) {
        const auto i = static_cast<std::size_t>((bin.minute - from) / std::chrono::minutes{15});
        if (i < n) sums[i] += bin.reports;
    }
    return sums;
}

std::string short_state(const Brief& brief, const Words& words) {
    const auto counted = counted_state(brief.verdict, words);
    if (!brief.work) return counted;
    const auto work = words.text("short_state.maintenance");
    if (!is_elevated(brief.verdict.state)) return work;
    return words.text("short_state.both", {{"first", work}, {"second", counted}});
}

std::string long_state(const Brief& brief, const Words& words) {
    const auto counted = words.text("state." + std::string(analytics::to_string(brief.verdict.state)));
    if (!brief.work) return counted;
    const auto work = words.text("state.maintenance");
    if (!is_elevated(brief.verdict.state)) return work;
    return words.text("short_state.both", {{"first", work}, {"second", counted}});
}

}  // namespace outcry::pages
