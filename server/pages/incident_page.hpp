// server/pages/incident_page.hpp: each incident at its permanent address.
#pragma once
#include <string>
#include <vector>

#include "analytics/chart.hpp"
#include "analytics/incident_chart.hpp"
#include "server/live/pulse.hpp"
#include "server/pages/pictures/chart_svg.hpp"
#include "server/pages/renderer.hpp"
#include "server/pages/service_view.hpp"
#include "server/pages/voices.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {

struct IncidentRow {
    storage::IncidentRecord record;
    std::string name, slug;                        // of the service, listed or not
    std::vector<storage::IncidentRecord> parts{};  // what is told as parts of it
};

/// Another incident at the same time.
struct RelatedIncident {
    IncidentRow row;
    bool family = false;  // of a part of the same whole
};

struct IncidentView {
    IncidentRow row;
    std::string provider{};  // once it is closed, that of then
    bool listed = true;      // false once the service is off the catalogue
    analytics::Columns columns{};
    bool band = true;  // false when what was usual then was not kept
    Extent extent{};
    Minute complete_until{};  // of the counting
    std::vector<Problem> problems{};
    std::vector<storage::IncidentEvent> events{};
    std::vector<OfficialUpdate> official{};  // oldest first; once it is closed, those known then
    std::vector<OfficialUpdate> later{};     // known only after it had closed, as they came
    std::vector<RelatedIncident> related{};
    std::vector<storage::Annotation> notes{};
    std::optional<analytics::DetectorSettings> settings{};  // of the version that opened it
    Time now{};
};

Chart incident_chart(const IncidentView&, const Words&);

std::string render_incident(const IncidentView&, const Renderer&);

/// Of the services of several incidents: "Chat, Calls".
std::string names_of(const std::vector<storage::IncidentRecord>&);

/// How long it lasted, or has lasted until `now`.
std::string lasted(const analytics::Incident&, const Words&, Time now);

}  // namespace outcry::pages
