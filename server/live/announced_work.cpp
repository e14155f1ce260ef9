// server/live/announced_work.cpp: see the header.
#include "server/live/announced_work.hpp"

#include <algorithm>

namespace outcry::live {

AnnouncedWork::AnnouncedWork(std::vector<storage::Maintenance> windows) : windows_(std::move(windows)) {
    for (std::size_t i = 0; i < windows_.size(); ++i) of_service_[windows_[i].service].push_back(i);
}

template <class Visit>
void AnnouncedWork::visit(const storage::Service& service, Visit visit) const {
    const auto all_of = [&](storage::ServiceId id) {
        if (const auto found = of_service_.find(id); found != of_service_.end())
            for (const auto i : found->second) visit(windows_[i]);
    };
    all_of(service.id);
    if (service.parent) all_of(*service.parent);
}

const storage::Maintenance* AnnouncedWork::under_way(const storage::Service& service, Time at) const {
    const storage::Maintenance* longest = nullptr;
    visit(service, [&](const storage::Maintenance& window) {
        const bool lasts = window.starts <= at && at < window.ends;
        if (lasts && (!longest || window.ends > longest->ends)) longest = &window;
    });
    return longest;
}

std::vector<storage::Maintenance> AnnouncedWork::ahead(const storage::Service& service, Time at,
                                                       Time until) const {
    std::vector<storage::Maintenance> found;
    visit(service, [&](const storage::Maintenance& window) {
        if (window.starts > at && window.starts < until) found.push_back(window);
    });
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.starts < b.starts; });
    return found;
}

std::string shown_state(analytics::State by_reports, const storage::Maintenance* under_way) {
    return under_way ? "maintenance" : std::string{analytics::to_string(by_reports)};
}

}  // namespace outcry::live
