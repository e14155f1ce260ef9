// server/pages/gather.hpp: what the pages and pictures of a service or an incident show, gathered from the
// board and the database.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/incident_page.hpp"
#include "server/pages/routes.hpp"
#include "server/pages/service_view.hpp"

namespace outcry::pages {

/// What memory alone knows of a service, with older hours when the range asks for them: no incidents, no
/// problems. The service belongs to the catalogue.
boost::asio::awaitable<ServiceView> look_at_service(const Parts&, const live::Catalogue&,
                                                    const storage::Service&, std::optional<Range>);

struct GatheredService {
    ServiceView view;
    bool whole = true;  // false when the database could not be asked; the view then lacks what only it knows
};
boost::asio::awaitable<GatheredService> gather_service(const Parts&, const live::Catalogue&,
                                                       const storage::Service&, std::optional<Range>);

/// Nothing when there is no such incident, or its service is no longer listed.
boost::asio::awaitable<std::optional<IncidentView>> gather_incident(const Parts&, const live::Catalogue&,
                                                                    const std::string& id);

struct GatheredIncidents {
    std::vector<IncidentRow> rows;  // newest first; those of services that are no longer listed are left out
    std::string last;               // id of the oldest one found, listed or not; empty when there was none
    std::size_t found = 0;
};
/// Open ones as the board knows them now.
boost::asio::awaitable<GatheredIncidents> gather_incidents(const Parts&, const live::Catalogue&,
                                                           const storage::IncidentFilter&);

}  // namespace outcry::pages
