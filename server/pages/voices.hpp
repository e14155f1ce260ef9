// server/pages/voices.hpp: what users and the provider said of one incident, in order of time, on one rail.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/pages/renderer.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/statements.hpp"

namespace outcry::pages {

/// What the provider said on its own pages, in our words.
struct OfficialUpdate {
    Time at{};
    std::string status;  // investigating, identified, monitoring, resolved; anything else is not named
    std::string text;    // a summary, no quotation
};

/// As they are stored, in our shape.
std::vector<OfficialUpdate> updates_of(const std::vector<storage::Statement>&);

/// "Microsoft: watching".
std::string statement_title(const OfficialUpdate&, const std::string& provider, const Words&);

/// One step of an incident's story.
struct Moment {
    enum class What {
        rise,
        opened,
        peak,
        easing,
        rising_again,
        closed,
        archived,
        closed_by_operator,
        official
    };
    Time at{};
    What what = What::rise;
    std::uint64_t count = 0;    // reports: until it was marked (rise), else in 15 minutes
    double expected = 0;        // usual for these 15 minutes; opened only
    OfficialUpdate official{};  // official only
};

/// Oldest first. Events may be missing (incidents from before they were kept): beginning, opening, peak and end
/// are in the record.
std::vector<Moment> make_story(const storage::IncidentRecord&, const std::vector<storage::IncidentEvent>&,
                               const std::vector<OfficialUpdate>&);

/// How long users were ahead of the provider's first word; negative when the provider spoke first, nothing when
/// it has not spoken.
std::optional<std::chrono::minutes> head_start(const analytics::Incident&, const std::vector<OfficialUpdate>&);

/// Fills `story` for the template "voices", and `sides` when the provider has spoken. Times are told as from
/// the day of `day`.
void set_story(Data&, const std::vector<Moment>&, const analytics::Incident&, const std::string& provider,
               const Words&, Time day);

}  // namespace outcry::pages
