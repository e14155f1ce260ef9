// server/pages/gather.hpp: what the pages and pictures of a service or an incident show, gathered from the
// board and the database.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/archive_page.hpp"
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

/// Nothing when there is no such incident. Its service need no longer be listed.
boost::asio::awaitable<std::optional<IncidentView>> gather_incident(const Parts&, const live::Catalogue&,
                                                                    const std::string& id);

/// Newest first, open ones as the board knows them now.
boost::asio::awaitable<std::vector<IncidentRow>> gather_incidents(const Parts&, const storage::IncidentFilter&);

/// `of` is the query's service; may be null. Open incidents as the board knows them now.
boost::asio::awaitable<ArchiveView> gather_archive(const Parts&, const ArchiveQuery&,
                                                   const storage::Service* of);

}  // namespace outcry::pages
