// server/storage/statements.hpp: what providers say of their services, and where that is read.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/database.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

/// One official statement. `status` is investigating, identified, monitoring, resolved or other.
struct Statement {
    std::string external_id;  // the provider's own, or made up for one that was written by hand
    Time at{};                // when it was said
    std::string status = "other";
    std::string title, text;  // one of them may be empty
    std::string address;      // where it stands; may be empty
    std::string by_whom;      // the operator who wrote it down; empty: it was read from the provider's page
    friend bool operator==(const Statement&, const Statement&) = default;
};

/// False when the service has a statement of that id; one that was stored is never changed.
bool add_statement(Transaction&, ServiceId, const Statement&, Time now);

/// Those of the service, or of its parent when there is none of its own, said in [from, to), oldest first, at
/// most 200.
std::vector<Statement> load_statements(Transaction&, ServiceId, Time from, Time to);

/// What has been said until `now` about an incident that is open: from six hours before its rise, since a
/// provider may know first. Oldest first.
std::vector<Statement> load_statements_so_far(Transaction&, ServiceId, const analytics::Incident&, Time now);

/// The latest of those for each of these incidents, all open, about which something has been said.
std::map<IncidentId, Statement> load_latest_statements(Transaction&, const std::vector<IncidentRecord>&,
                                                       Time now);

/// What was said about an incident, to a day after its end: the last word often comes late.
struct StatementsAbout {
    std::vector<Statement> known;  // oldest first; of a closed incident what was known when it closed
    std::vector<Statement> later;  // what became known after that, in the order in which it did
};
StatementsAbout load_statements_about(Transaction&, const IncidentRecord&, Time now);

/// Where statements of one service are read, and how that goes.
struct StatementSource {
    ServiceId service{};
    std::string address;
    std::string etag, last_modified;  // of the last answer
    Time next_poll{};
    std::optional<Time> answered{};  // when the page was last read
    std::int32_t failures = 0;       // in a row
    std::string trouble;             // why the last reading failed; empty: it did not
};

std::optional<StatementSource> load_statement_source(Transaction&, ServiceId);
/// Another address forgets what was known of the old one; an empty one ends the reading.
void put_statement_source(Transaction&, ServiceId, const std::string& address, Time now);

/// Sources that are due, each taken for `lease`: no other node takes it meanwhile.
std::vector<StatementSource> claim_statement_sources(Transaction&, Time now, std::chrono::seconds lease,
                                                     int most);
/// After a reading: everything but service and address is stored, unless the address was changed meanwhile.
void settle_statement_source(Transaction&, const StatementSource&);

}  // namespace outcry::storage
