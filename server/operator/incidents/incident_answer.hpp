// server/operator/incidents/incident_answer.hpp: what the page and the API share: who does what, and what is
// said of it afterwards.
#pragma once
#include <string>
#include <string_view>

#include "server/operator/account/actor.hpp"
#include "server/operator/incidents/incident_act.hpp"
#include "server/pages/words.hpp"

namespace outcry::operators {

/// Without a reason yet.
Deed deed_of(Act, std::string_view incident, const Actor&);

/// 200, 404, 409 or 422.
unsigned status_of(Outcome);
/// Why it was not done, and what to do.
std::string in_words(Outcome, const pages::Words&);

}  // namespace outcry::operators
