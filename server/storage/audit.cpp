// server/storage/audit.cpp: one line of the audit log.
#include "server/storage/audit.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

void write_audit(Transaction& tx, const AuditEntry& entry, Time now) {
    const auto json = [](const std::optional<std::string>& text) { return text ? text->c_str() : nullptr; };
    tx.exec(sql::add_audit, millis(now), entry.actor, entry.action, entry.object, json(entry.before),
            json(entry.after), entry.why);
}

}  // namespace outcry::storage
