// server/official/statuspage_json.hpp: Statuspage v2 as https://metastatuspage.com/api documents it; internal
// to official.
#pragma once
#include <string_view>
#include <vector>

#include "server/storage/statements.hpp"

namespace outcry::official {

/// Every update of every incident, in no order. Throws UnreadablePage.
std::vector<storage::Statement> read_statuspage(std::string_view json);

}  // namespace outcry::official
