// server/pages/home_view.cpp: see the header.
#include "server/pages/home_view.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <unordered_map>

#include "analytics/kinship.hpp"

namespace outcry::pages {
namespace {

using analytics::Incident;
using analytics::State;
using storage::ServiceId;
using Briefs = std::unordered_map<ServiceId, Brief>;

constexpr std::size_t most_recent = 4;

bool rises(const Briefs& briefs, ServiceId id) {
    const auto found = briefs.find(id);
    return found != briefs.end() && is_rising(found->second.verdict.state);
}

/// The service whose tile shows this one: the highest of its ancestors that rises as well.
ServiceId head_of(const storage::Service& service, const live::Catalogue& catalogue, const Briefs& briefs) {
    auto head = service.id;
    const auto* at = &service;
    for (int steps = 0; at->parent && steps < 8;
         ++steps) {  // a family is shallow; a ring in the data must not hang us
        at = catalogue.find(*at->parent);
        if (!at) break;
        if (rises(briefs, at->id)) head = at->id;
    }
    return head;
}

/// The strongest of the services that this one looks collateral to, its own parts aside.
std::string cause_of(ServiceId id, const live::Catalogue& catalogue, const analytics::Board& board) {
    const auto standing = board.standing(id);
    const storage::Service* cause = nullptr;
    std::uint32_t most = 0;
    for (const auto& other : catalogue.services) {
        if (other.id == id || other.parent == id) continue;
        const auto its = board.standing(other.id);
        if (its.verdict.observed <= most || !analytics::looks_collateral(standing, its)) continue;
        cause = &other;
        most = its.verdict.observed;
    }
    return cause ? cause->name : "";
}

bool more_reports(const Brief& a, const Brief& b) {
    const bool a_spike = a.verdict.state == State::spike, b_spike = b.verdict.state == State::spike;
    return a_spike != b_spike ? a_spike : a.verdict.observed > b.verdict.observed;
}

/// An outage in the order in which people look for it: by days, counted back from the newest, and the largest
/// first. Parts of one whole that ran at the same time are one outage, and the largest of them stands for it.
/// Services that have left the catalogue are not told of, and take nobody's place.
std::vector<storage::IncidentRecord> most_telling(const std::vector<storage::IncidentRecord>& recent,
                                                  const live::Catalogue& catalogue) {
    const auto head = [&](ServiceId id) { return catalogue.find(id)->parent.value_or(id); };
    const auto overlap = [](const Incident& a, const Incident& b) {
        const auto end = [](const Incident& one) {
            return one.phase == analytics::Phase::closed ? one.closed : Minute::max();
        };
        return a.opened < end(b) && b.opened < end(a);
    };
    std::vector<storage::IncidentRecord> listed;
    std::copy_if(recent.begin(), recent.end(), std::back_inserter(listed),
                 [&](const auto& record) { return catalogue.find(record.service); });
    auto largest_first = listed;
    std::stable_sort(largest_first.begin(), largest_first.end(),
                     [](const auto& a, const auto& b) { return a.incident.peak > b.incident.peak; });
    std::vector<storage::IncidentRecord> told;
    for (const auto& record : largest_first) {
        const bool part = std::any_of(told.begin(), told.end(), [&](const auto& other) {
            return head(other.service) == head(record.service) && overlap(other.incident, record.incident);
        });
        if (!part) told.push_back(record);
    }
    const auto days_ago = [&](const storage::IncidentRecord& record) {
        return (listed.front().incident.opened - record.incident.opened) / std::chrono::hours{24};
    };
    std::stable_sort(told.begin(), told.end(),
                     [&](const auto& a, const auto& b) { return days_ago(a) < days_ago(b); });
    if (told.size() > most_recent) told.resize(most_recent);
    return told;
}

}  // namespace

HomeView make_home_view(const analytics::Board& board, const live::Catalogue& catalogue,
                        const std::vector<storage::IncidentRecord>& recent) {
    HomeView view;
    view.counted_until = board.complete_until();
    view.services = catalogue.services.size();

    Briefs briefs;
    for (const auto& service : catalogue.services)
        briefs.emplace(service.id, make_brief(service, board.standing(service.id),
                                              catalogue.work.under_way(service, view.counted_until)));

    std::map<std::string, HomeView::Group> groups;
    std::map<ServiceId, HomeView::Tile> tiles;
    for (const auto& service : catalogue.services) {
        const auto& brief = briefs.at(service.id);
        auto& group = groups[service.group];
        group.name = service.group;
        group.services.push_back(brief);
        if (brief.verdict.state == State::recovering) {
            view.easing.push_back({brief, quarter_hours(board, service.id)});
        } else if (is_rising(brief.verdict.state)) {
            const auto head = head_of(service, catalogue, briefs);
            auto& tile = tiles[head];
            if (head == service.id) {
                tile.head = brief;
                tile.spark = quarter_hours(board, head);
            } else {
                tile.parts.push_back(brief);
            }
        }
        view.unusual += is_rising(brief.verdict.state) || brief.verdict.state == State::recovering;
    }
    for (auto& [head, tile] : tiles) {
        tile.cause = cause_of(head, catalogue, board);
        std::sort(tile.parts.begin(), tile.parts.end(), more_reports);
        view.rising.push_back(std::move(tile));
    }
    std::sort(view.rising.begin(), view.rising.end(),
              [](const auto& a, const auto& b) { return more_reports(a.head, b.head); });
    for (const auto& window : catalogue.work.windows())
        if (const auto found = briefs.find(window.service);
            found != briefs.end() && found->second.work && found->second.work->id == window.id)
            view.work.push_back({found->second, window});
    for (auto& [name, group] : groups) view.groups.push_back(std::move(group));
    for (auto& record : most_telling(recent, catalogue))
        view.recent.push_back({std::move(record.id), catalogue.find(record.service)->name, record.incident});
    return view;
}

}  // namespace outcry::pages
