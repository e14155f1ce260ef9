// server/operator/statement_draft.hpp: an official statement as an operator writes it down, checked.
#pragma once
#include <string>
#include <vector>

#include "server/storage/statements.hpp"

namespace outcry::operators {

/// What was sent, as text.
struct StatementDraft {
    std::string status;   // investigating, identified, monitoring, resolved, other
    std::string text;     // 1 to 2,000 characters
    std::string address;  // where it can be read; may be empty
    std::string at;       // when it was said, RFC 3339 or UTC without an offset; empty: now
};

/// A field and a key of the text catalogue below operator.statements.wrong.
struct Wrong {
    std::string field, why;
};

/// The statement to store; `wrong` is empty then. At most 30 days old, never of the future.
storage::Statement check_statement(const StatementDraft&, const std::string& by_whom, Time now,
                                   std::vector<Wrong>& wrong);

/// Nothing, or why an address cannot be read from, as a key of the text catalogue.
std::string check_source_address(const std::string& address);

}  // namespace outcry::operators
