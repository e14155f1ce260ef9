// server/pages/incident_page.hpp: the list of incidents, and each incident at its permanent address.
#pragma once
#include <string>
#include <vector>

#include "analytics/chart.hpp"
#include "server/live/pulse.hpp"
#include "server/pages/chart_svg.hpp"
#include "server/pages/renderer.hpp"
#include "server/pages/service_view.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {

struct IncidentRow {
    storage::IncidentRecord record;
    std::string name, slug;
};

/// `older` is the address of the next page; empty when there is none.
std::string render_incidents(const std::vector<IncidentRow>&, const std::string& older, Time now,
                             const Renderer&);

struct IncidentView {
    IncidentRow row;
    analytics::Columns columns;
    Extent extent;
    std::vector<Problem> problems;
    Time now{};
};

/// From an hour before the rise to an hour after the end, in quarter hours; hours when it lasted longer than
/// two days.
Extent incident_extent(const analytics::Incident&, Time now);
std::chrono::minutes incident_step(const analytics::Incident&, Time now);

Chart incident_chart(const IncidentView&, const Words&);

std::string render_incident(const IncidentView&, const Renderer&);

}  // namespace outcry::pages
