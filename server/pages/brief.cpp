// server/pages/brief.cpp: see the header.
#include "server/pages/brief.hpp"

namespace outcry::pages {

Brief make_brief(const storage::Service& service, const analytics::Standing& standing) {
    const bool open = standing.incident.phase == analytics::Phase::open;
    return {service.slug, service.name, standing.verdict, open ? standing.incident.peak : 0, false};
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
    const auto& verdict = brief.verdict;
    if (is_rising(verdict.state) && verdict.expected >= 0.5 && verdict.ratio() >= 1.5)
        return words.text("short_state.times", {{"n", words.times(verdict.ratio())}});
    return words.text("short_state." + std::string(analytics::to_string(verdict.state)));
}

}  // namespace outcry::pages
