// server/pages/api_docs/reference_page.hpp: the description of the API as pages that people read: one with
// every address and what holds for all of them, and one for each group.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/pages/api_docs/example.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

std::string render_reference(const Renderer&);

/// Nothing when there is no such group.
std::optional<std::string> render_reference_group(std::string_view group, const Familiar&, const Renderer&);

}  // namespace outcry::pages
