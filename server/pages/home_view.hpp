// server/pages/home_view.hpp: what the home page shows: what rises, what eases off, and everything else by
// group.
#pragma once
#include <string>
#include <vector>

#include "server/live/pulse.hpp"
#include "server/pages/brief.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {

struct HomeView {
    /// One event: the service at its head and those parts of it that rise as well.
    struct Tile {
        Brief head;
        std::vector<Brief> parts;
        std::vector<std::uint32_t> spark;
        std::string cause{};  // the name of the service that this one looks collateral to; empty: none
    };
    struct Easing {
        Brief service;
        std::vector<std::uint32_t> spark;
    };
    /// A window that is under way.
    struct Work {
        Brief service;
        storage::Maintenance window;
    };
    struct Group {
        std::string name;
        std::vector<Brief> services;
    };
    struct Recent {
        storage::IncidentId id;
        std::string name;
        analytics::Incident incident;
    };
    Minute counted_until{};
    std::size_t services = 0, unusual = 0;  // unusual: rising or easing off
    std::vector<Tile> rising;               // spikes first, then by reports
    std::vector<Easing> easing;
    std::vector<Work> work;     // by beginning
    std::vector<Group> groups;  // by name
    std::vector<Recent>
        recent;  // one for each outage: day by day from the newest, the largest first; at most four
};

/// `recent`: incidents, newest first.
HomeView make_home_view(const analytics::Board&, const live::Catalogue&,
                        const std::vector<storage::IncidentRecord>& recent);

}  // namespace outcry::pages
