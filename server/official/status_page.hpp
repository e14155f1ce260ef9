// server/official/status_page.hpp: a provider's status page, turned into dated statements; lenient in what it
// accepts.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/statements.hpp"

namespace outcry::official {

/// What keeps a page from being read, as a sentence for operators.
struct UnreadablePage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline constexpr std::size_t most_statements = 500;  // of one page; the newest are kept

/// Statements of a Statuspage v2 answer (summary.json, incidents.json, incidents/unresolved.json), an Atom or
/// an RSS feed, told apart by their content; oldest first. What lacks an id, a time or words is passed over, an
/// unknown state is `other`, times in the future are those of maintenance and passed over. Throws
/// UnreadablePage when it is none of these. Pure.
std::vector<storage::Statement> read_status_page(std::string_view body, Time now);

}  // namespace outcry::official
