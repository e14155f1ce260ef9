// server/pages/service_view.cpp: see the header.
#include "server/pages/service_view.hpp"

#include <algorithm>
#include <array>

#include "analytics/kinship.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Bin;
using analytics::State;

constexpr std::array<Range, 5> ranges{{{"6h", 6h, 15min},
                                       {"24h", 24h, 15min},
                                       {"7d", 168h, 60min},
                                       {"30d", 720h, 60min},
                                       {"1y", 365 * 24h, 24 * 60min}}};
constexpr std::size_t most_near = 6, most_problems = 5, most_places = 8, least_places = 3;

/// Older bins, then the board's own for everything it keeps.
std::vector<Bin> join(std::span<const Bin> older, const analytics::Board& board, storage::ServiceId id,
                      const Extent& extent, std::chrono::minutes step) {
    // The board's first whole column; what is before it comes from storage.
    const auto first = analytics::floor_to(extent.to - analytics::Board::kept + 60min + step - 1min, step);
    const auto kept_from = std::max(extent.from, first);
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
    const auto work_on = [&](const storage::Service& service) {
        return catalogue.work.under_way(service, view.counted_until);
    };
    if (parent) view.family.push_back(make_brief(*parent, board.standing(parent->id), work_on(*parent)));
    const auto own = board.standing(self.id);
    for (const auto& other : catalogue.services) {
        if (other.id == self.id) continue;
        const auto standing = board.standing(other.id);
        auto brief = make_brief(other, standing, work_on(other));
        const bool stronger = !view.cause || brief.verdict.observed > view.cause->verdict.observed;
        if (stronger && other.parent != self.id && analytics::looks_collateral(own, standing))
            view.cause = brief;
        if (other.parent == head) {
            view.family.push_back(std::move(brief));
        } else if (other.id != head && is_rising(standing.verdict.state) && is_rising(view.verdict.state)) {
            brief.collateral = analytics::looks_collateral(standing, own);
            view.near.push_back(std::move(brief));
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
    const Time now{view.counted_until};
    if (const auto* work = catalogue.work.under_way(service, now)) view.work = *work;
    view.work_ahead = catalogue.work.ahead(service, now, now + live::AnnouncedWork::near);
    view.range_is_default = !range || *range == default_range(standing);
    view.range = range.value_or(default_range(standing));
    view.extent = extent_of(view.range, view.counted_until);

    const auto* monitor = board.monitor(service.id);
    const auto expect = [&](Minute from, std::chrono::minutes span) {
        return monitor ? monitor->expect(from, span) : analytics::Expectation{};
    };
    const auto bins = join(older, board, service.id, view.extent, view.range.step);
    view.columns = analytics::make_columns(bins, view.extent.from, view.extent.to, view.range.step,
                                           view.counted_until, expect);
    view.problems_since = view.open() ? view.incident.began : view.counted_until - 24h;
    view.expected_since = expect(view.problems_since, view.counted_until - view.problems_since).expected;
    for (const auto& bin : board.bins(service.id, view.counted_until - 24h, view.extent.to))
        view.day_reports += bin.reports;
    add_family(view, board, catalogue, service);
    return view;
}

Where make_where(const std::vector<analytics::PlaceCount>& now,
                 const std::vector<analytics::PlaceCount>& usually, double expected_of_service) {
    const auto told = [&](const auto& counts, const auto& usual) {
        auto places = analytics::rank_places(counts, usual, expected_of_service);
        std::erase_if(
            places, [](const auto& place) { return place.count < storage::least_told || place.excess() < 1; });
        if (places.size() > most_places) places.resize(most_places);
        return places;
    };
    Where where{.places = told(analytics::by_country(now), analytics::by_country(usually))};
    if (where.places.size() >= least_places) return where;
    where = {.countries = false, .places = told(now, usually)};
    if (where.places.size() < least_places) where.places.clear();
    return where;
}

std::vector<storage::NamedProblem> name_problems(const storage::Service& service,
                                                 const std::vector<storage::Share>& shares) {
    std::vector<storage::NamedProblem> problems;
    for (const auto& share : shares) {
        if (share.key.empty()) continue;
        const auto named = std::find_if(service.categories.begin(), service.categories.end(),
                                        [&](const auto& category) { return category.key == share.key; });
        const auto& label = named == service.categories.end() ? share.key : named->label;
        problems.push_back({label, share.count});
    }
    return problems;
}

std::vector<Problem> make_problems(const std::vector<storage::NamedProblem>& named) {
    std::uint64_t said = 0;
    for (const auto& problem : named) said += problem.reports;
    std::vector<Problem> problems;
    for (const auto& [label, reports] : named) {
        if (reports < storage::least_told || problems.size() == most_problems) continue;
        problems.push_back({label, static_cast<double>(reports) / static_cast<double>(said)});
    }
    return problems;
}

}  // namespace outcry::pages
