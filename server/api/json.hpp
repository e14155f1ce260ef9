// server/api/json.hpp: every shape of JSON that leaves the API, made here and nowhere else.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/board.hpp"
#include "analytics/chart.hpp"
#include "analytics/signature.hpp"
#include "server/live/pulse.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/statements.hpp"

namespace outcry::api {

/// One service in a list, and how it stands.
struct ServiceLine {
    const storage::Service* service = nullptr;
    analytics::Standing standing;
    std::vector<std::uint32_t> spark;            // reports of the last 24 quarter hours, the oldest first
    const storage::Maintenance* work = nullptr;  // under way
};

/// {"data":[…],"next":"…"}; `next` is the cursor of the page after this one.
std::string services_json(const std::vector<ServiceLine>&, const std::optional<std::string>& next);

struct ServiceDetail {
    ServiceLine line;
    std::optional<ServiceLine> parent;
    std::vector<ServiceLine> children;
    std::optional<storage::IncidentRecord> open_incident;
    std::vector<storage::Statement> official;      // of the last day, oldest first
    std::vector<storage::Maintenance> work_ahead;  // by beginning
    Minute complete_until{};
};
std::string service_json(const ServiceDetail&, const live::Catalogue&);

using storage::least_told;

/// What is usual is only known for a whole service, not for one category or region of it.
struct Series {
    analytics::Columns columns;
    bool has_expected = true;
    bool suppressed = false;  // small counts are not told
    Minute complete_until{};

    bool tells(std::uint32_t count) const { return !suppressed || count == 0 || count >= least_told; }
};
std::string series_columns_json(const Series&);
std::string series_rows_json(const Series&);

struct BreakdownCell {
    std::string key, label;
    std::uint64_t count = 0;
    std::optional<double> expected{};  // usual for the same time; places alone, and only once it is known
};
struct Breakdown {
    std::string_view by;
    Minute from{}, to{};
    std::vector<BreakdownCell> cells;  // largest first; places by what is above expected
    bool has_expected = false;
    std::uint64_t not_said = 0, other = 0, total = 0;
    std::size_t suppressed = 0;  // cells too small to be told
};
std::string breakdown_json(const Breakdown&);

/// What several people wrote alike since `from`.
std::string messages_json(const std::vector<analytics::MessageGroup>&, Minute from);

std::string incidents_json(const std::vector<storage::IncidentRecord>&, const live::Catalogue&,
                           const std::optional<std::string>& next);
/// With what the provider said about it.
struct IncidentDetail {
    storage::IncidentRecord record;
    std::vector<storage::IncidentEvent> events{};  // oldest first
    storage::StatementsAbout official{};
    std::vector<storage::IncidentRecord> parts{};    // told as parts of it
    std::vector<storage::RelatedRecord> related{};   // the same family first
    std::vector<storage::Annotation> annotations{};  // oldest first
};
std::string incident_json(const IncidentDetail&, const live::Catalogue&);

std::string accepted_json(std::string_view report_id);
std::string health_json(std::string_view status);

}  // namespace outcry::api
