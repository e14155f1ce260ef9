// server/pages/pictures/caption.hpp: what a card, badge or picture says of a service or an incident in a few
// words.
#pragma once
#include <string>

#include "server/pages/incident_page.hpp"
#include "server/pages/service_view.hpp"

namespace outcry::pages {

/// All of it text, not escaped.
struct Caption {
    std::string state;    // "spike": its colour and shape
    std::string word;     // "Spike in reports"
    std::string name;     // "Microsoft 365"
    std::string count;    // "15,890 reports in 15 minutes"
    std::string compare;  // "about 640 times the usual 25"
    std::string moment;   // "22 January 2026, 20:47 UTC"
    std::string work{};   // "Planned maintenance until 22:00 UTC", where there is room; empty: no work

    /// The state, and how long the work lasts.
    const std::string& long_word() const { return work.empty() ? word : work; }

    /// "Microsoft 365: spike in reports. 15,890 reports in 15 minutes, about 640 times the usual 25."
    std::string sentence(const Words&) const;
};

Caption caption_of(const ServiceView&, const Words&);
Caption caption_of(const IncidentRow&, const Words&, Time now);

}  // namespace outcry::pages
