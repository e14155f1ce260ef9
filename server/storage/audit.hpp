// server/storage/audit.hpp: who changed what, and why; one line, written in the transaction of the change.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

struct AuditEntry {
    std::string actor;                    // "mara", "token grafana", "command line (root)"
    std::string action;                   // "incident.acknowledge"
    std::string object;                   // "service outlook", "user mara"
    std::optional<std::string> before{};  // JSON; nothing: there was nothing
    std::optional<std::string> after{};   // JSON; nothing: there is nothing now
    std::string why{};                    // as the operator wrote it
};
inline constexpr std::size_t longest_reason = 2000;  // characters of `why`

/// Call it in the same transaction as the change, so that there is never one without the other. The database
/// refuses to alter what was written.
void write_audit(Transaction&, const AuditEntry&, Time now);

struct AuditLine {
    std::int64_t id = 0;
    Time at{};
    AuditEntry entry;
};
struct AuditFilter {
    std::string actor{}, action{}, object{};  // empty: any; action "incident" finds "incident.close" too
    std::optional<Time> from{}, until{};      // [from, until)
    std::optional<std::int64_t> before{};     // cursor: lines older than this one
    int limit = 50;
};
/// Newest first.
std::vector<AuditLine> load_audit(Transaction&, const AuditFilter&);

}  // namespace outcry::storage
