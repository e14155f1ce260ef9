// server/pages/service_view.cpp: see the header.
#include "server/pages/service_view.hpp"

#include <algorithm>
#include <array>

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Bin;
using analytics::State;

constexpr std::array<Range, 4> ranges{
    {{"6h", 6h, 15min}, {"24h", 24h, 15min}, {"7d", 168h, 60min}, {"30d", 720h, 60min}}};
constexpr std::size_t most_near = 6, most_problems = 5;

/// Older bins, then the board's own for everything it keeps.
std::vector<Bin> join(std::span<const Bin> older, const analytics::Board& board, storage::ServiceId id,
                      const Extent& extent) {
    const auto kept_from = std::max(extent.from, extent.to - analytics::Board::kept + 60min);
    std::vector<Bin> bins;
    for (const auto& bin : older)
        if (bin.minute < kept_from) bins.push_back(bin);
    const auto newer = board.bins(id, kept_from, extent.to);
    bins.insert(bins.end(), newer.begin(), newer.end());
    return bins;
}

void add_family(ServiceView& view, const analytics::Board& board, const live::Catalogue& catalogue,
                const storage::Service& self) {
    const auto* parent = self.parent ? catalogue.find(*self.parent) : nullptr;
    const auto head = parent ? parent->id : self.id;
    view.family_head = parent ? parent->name : self.name;
    view.has_parent = parent != nullptr;
    if (parent) view.family.push_back(make_brief(*parent, board.standing(parent->id)));
    for (const auto& other : catalogue.services) {
        if (other.id == self.id) continue;
        const auto standing = board.standing(other.id);
        if (other.parent == head) {
            view.family.push_back(make_brief(other, standing));
        } else if (other.id != head && is_rising(standing.verdict.state) && is_rising(view.verdict.state)) {
            view.near.push_back(make_brief(other, standing));
        }
    }
    std::sort(view.near.begin(), view.near.end(),
              [](const Brief& a, const Brief& b) { return a.verdict.observed > b.verdict.observed; });
    if (view.near.size() > most_near) view.near.resize(most_near);
}

}  // namespace

std::span<const Range> all_ranges() {
    return ranges;
}

std::optional<Range> find_range(std::string_view name) {
    for (const auto& range : ranges)
        if (range.name == name) return range;
    return std::nullopt;
}

Range default_range(const analytics::Standing& standing) {
    return standing.incident.phase == analytics::Phase::open ? ranges[0] : ranges[1];
}

Extent extent_of(const Range& range, Minute counted_until) {
    const auto to = analytics::floor_to(counted_until, range.step) + range.step;
    return {to - range.span, to};
}

ServiceView make_service_view(const analytics::Board& board, const live::Catalogue& catalogue,
                              const storage::Service& service, std::optional<Range> range,
                              std::span<const Bin> older) {
    const auto standing = board.standing(service.id);
    ServiceView view{.slug = service.slug,
                     .name = service.name,
                     .provider = service.provider,
                     .status_page = service.status_page};
    view.verdict = standing.verdict;
    view.incident = standing.incident;
    view.counted_until = board.complete_until();
    view.range_is_default = !range || *range == default_range(standing);
    view.range = range.value_or(default_range(standing));
    view.extent = extent_of(view.range, view.counted_until);

    const auto* monitor = board.monitor(service.id);
    const auto expect = [&](Minute from, std::chrono::minutes span) {
        return monitor ? monitor->expect(from, span) : analytics::Expectation{};
    };
    const auto bins = join(older, board, service.id, view.extent);
    view.columns = analytics::make_columns(bins, view.extent.from, view.extent.to, view.range.step,
                                           view.counted_until, expect);
    for (const auto& bin : board.bins(service.id, view.counted_until - 24h, view.extent.to))
        view.day_reports += bin.reports;
    add_family(view, board, catalogue, service);
    return view;
}

std::vector<Problem> make_problems(const storage::Service& service, const std::vector<storage::Share>& shares) {
    std::uint64_t said = 0;
    for (const auto& share : shares)
        if (!share.key.empty()) said += share.count;
    std::vector<Problem> problems;
    for (const auto& share : shares) {
        if (share.key.empty() || share.count < storage::least_told || problems.size() == most_problems)
            continue;
        const auto named = std::find_if(service.categories.begin(), service.categories.end(),
                                        [&](const auto& category) { return category.key == share.key; });
        const auto& label = named == service.categories.end() ? share.key : named->label;
        problems.push_back({label, static_cast<double>(share.count) / static_cast<double>(said)});
    }
    return problems;
}

}  // namespace outcry::pages
