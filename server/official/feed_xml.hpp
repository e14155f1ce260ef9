// server/official/feed_xml.hpp: Atom (RFC 4287) and RSS 2.0 feeds of status pages; internal to official.
#pragma once
#include <string_view>
#include <vector>

#include "server/storage/statements.hpp"

namespace outcry::official {

/// Every entry, in no order. Throws UnreadablePage for what is neither.
std::vector<storage::Statement> read_feed(std::string_view xml);

}  // namespace outcry::official
