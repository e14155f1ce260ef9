// server/pages/report_page.hpp: what a reporter sees after the tap: counted first, details afterwards, errors
// beside the field.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/pages/renderer.hpp"
#include "server/storage/services.hpp"

namespace outcry::pages {

/// Where in the conversation the reporter is.
enum class Step { counted, added, works };
std::string_view to_string(Step);  // as in the address

struct ThanksView {
    Step step = Step::counted;
    std::uint64_t others = 0;  // reports of the open incident, this one among them; 0 without one
    Time since{}, now{};
};

std::string render_thanks(const storage::Service&, const ThanksView&, const Renderer&);

/// What was typed, kept, and what was wrong with it.
struct RefusedReport {
    std::string category, message;
    std::vector<std::pair<std::string, std::string>> errors;  // field, reason
};

std::string render_refused(const storage::Service&, const RefusedReport&, const Renderer&);

}  // namespace outcry::pages
