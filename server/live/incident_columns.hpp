// server/live/incident_columns.hpp: what an incident's chart shows: what was counted, and what was usual then.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "analytics/incident_chart.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/database.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::live {

struct IncidentColumns {
    analytics::IncidentSpan span;
    analytics::Columns columns;
    bool band = true;         // false when what was usual then was not kept
    Minute complete_until{};  // of the counting
};

boost::asio::awaitable<IncidentColumns> incident_columns(const Pulse&, storage::Database&,
                                                         const storage::IncidentRecord&, Minute now);

}  // namespace outcry::live
