// server/pages/api_docs/type_words.hpp: what a value may be, from its schema, in words with links to shapes.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/pages/words.hpp"

namespace outcry::pages {

/// Escaped: "integer, 1 to 200", "list of <a href="#Service">Service</a>", "text or null".
std::string type_in_words(const nlohmann::ordered_json& schema, const Words&);

/// The value that holds unless another is said; empty when none does.
std::string default_in_words(const nlohmann::ordered_json& schema);

}  // namespace outcry::pages
