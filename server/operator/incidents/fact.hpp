// server/operator/incidents/fact.hpp: one labelled number at the head of a page.
#pragma once
#include <string>

#include "server/pages/renderer.hpp"

namespace outcry::operators {

/// `state`, the name of one, tints the number; `value` is text.
pages::Data fact(std::string label, std::string value, std::string note,
                 std::string state = "insufficient_data");

}  // namespace outcry::operators
