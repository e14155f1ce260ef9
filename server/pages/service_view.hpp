// server/pages/service_view.hpp: what the page of one service shows.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analytics/chart.hpp"
#include "analytics/excess.hpp"
#include "analytics/signature.hpp"
#include "server/live/pulse.hpp"
#include "server/pages/brief.hpp"
#include "server/pages/voices.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/quiet.hpp"

namespace outcry::pages {

/// How much time a chart shows, and in which steps.
struct Range {
    std::string_view name;  // "24h", as in the address
    std::chrono::hours span;
    std::chrono::minutes step;
    friend bool operator==(const Range&, const Range&) = default;
};
/// 6h, 24h, 7d, 30d, 1y.
std::span<const Range> all_ranges();
std::optional<Range> find_range(std::string_view name);
/// 6 h while an incident is open, otherwise 24 h.
Range default_range(const analytics::Standing&);

/// Where a chart that ends now begins and ends; the right edge is the end of the running column.
struct Extent {
    Minute from{}, to{};
};
Extent extent_of(const Range&, Minute counted_until);

/// One category's part of what was reported.
struct Problem {
    std::string label;
    double share = 0;
};

/// Where more is reported than usual, largest excess first; countries when there are enough of them, otherwise
/// regions.
struct Where {
    bool countries = true;
    std::vector<analytics::Place> places{};
};

struct ServiceView {
    std::string slug{}, name{}, provider{}, status_page{};
    analytics::Verdict verdict{};
    analytics::Incident incident{};  // the present or the last one the board knows
    Minute counted_until{};
    std::uint64_t day_reports = 0;  // of the last 24 hours
    Range range{};
    bool range_is_default = false;
    Extent extent{};
    analytics::Columns columns{};
    std::vector<storage::IncidentRecord> incidents{};  // opened within 30 days, newest first
    std::vector<Problem> problems{};
    Minute problems_since{};
    std::vector<analytics::MessageGroup> messages{};  // what several people wrote alike, in the same time
    Where where{};                                    // while more is reported than usual
    std::vector<OfficialUpdate> official{};           // oldest first
    std::string family_head{};                        // the parent's name, or its own when it has parts
    bool has_parent = false;
    std::vector<Brief> family{};                     // parent and siblings, or parts
    std::vector<Brief> near{};                       // rising too, of another family
    std::optional<Brief> cause{};                    // the service that this one looks collateral to
    double expected_since{};                         // reports usual for the service since problems_since
    std::optional<storage::Maintenance> work{};      // under way
    std::vector<storage::Maintenance> work_ahead{};  // announced, by beginning
    std::vector<storage::Maintenance> work_shown{};  // that the chart's time touches, by beginning

    /// As it is shown: "maintenance" while it is worked on.
    std::string state() const { return live::shown_state(verdict.state, work ? &*work : nullptr); }
    bool open() const { return incident.phase == analytics::Phase::open; }
    bool judged() const { return verdict.state != analytics::State::insufficient_data; }
    /// Who could confirm.
    const std::string& speaker() const { return provider.empty() ? name : provider; }
};

/// `older` holds the bins that the board does not keep, in order of time; `range` empty: the default one.
ServiceView make_service_view(const analytics::Board&, const live::Catalogue&, const storage::Service&,
                              std::optional<Range> range, std::span<const analytics::Bin> older);

/// The places that may be told: at least `storage::least_told` reports, at most eight. Empty when there are
/// fewer than three.
Where make_where(const std::vector<analytics::PlaceCount>& now,
                 const std::vector<analytics::PlaceCount>& usually, double expected_of_service);

/// What people named, by the labels of the service's categories; a key that it has no longer stays a key. What
/// was not said is left out.
std::vector<storage::NamedProblem> name_problems(const storage::Service&, const std::vector<storage::Share>&);

/// Shares of what people named, largest first, at most five; what too few named to be told is left out.
std::vector<Problem> make_problems(const std::vector<storage::NamedProblem>&);

}  // namespace outcry::pages
