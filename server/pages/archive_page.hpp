// server/pages/archive_page.hpp: every incident there has been, page by page, filtered without a script.
#pragma once
#include <string>
#include <vector>

#include "server/pages/archive_query.hpp"
#include "server/pages/incident_page.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

struct ArchiveView {
    std::vector<IncidentRow> rows{};  // newest first
    ArchiveQuery query{};
    std::string service_name{};  // of query.service
    std::vector<int> years{};    // in which incidents opened, newest first
    std::string older{};         // id of the last one shown when there are more; else empty
    Time now{};
};

std::string render_archive(const ArchiveView&, const Renderer&);

}  // namespace outcry::pages
