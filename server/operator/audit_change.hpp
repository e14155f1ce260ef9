// server/operator/audit_change.hpp: what one line of the audit log changed, field by field, for people.
#pragma once
#include <string>
#include <vector>

#include "server/storage/audit.hpp"

namespace outcry::operators {

struct FieldChange {
    std::string field;
    std::string was, is;  // as people read them; empty: not there
};

struct AuditChange {
    std::vector<FieldChange> fields;  // those that differ, at most six
    std::string whole;  // "before → after" as it is kept, when the fields do not tell all of it; else empty
};

/// Of something new, what it begins with; of something that is gone, nothing but that.
AuditChange change_of(const storage::AuditEntry&);

}  // namespace outcry::operators
