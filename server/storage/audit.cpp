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

std::vector<AuditLine> load_audit(Transaction& tx, const AuditFilter& filter) {
    const auto word = [](const std::string& text) { return text.empty() ? nullptr : text.c_str(); };
    const auto number = [](const auto& value) { return value ? std::to_string(*value) : std::string{}; };
    const auto stamp = [](std::optional<Time> at) { return at ? std::to_string(millis(*at)) : std::string{}; };
    const auto maybe_text = [](const pqxx::field& field) {
        return field.is_null() ? std::nullopt : std::optional{text_from(field)};
    };
    const auto from = stamp(filter.from), until = stamp(filter.until), before = number(filter.before);
    std::vector<AuditLine> lines;
    for (const auto& row : tx.exec(sql::load_audit, word(filter.actor), word(filter.action),
                                   word(filter.object), word(from), word(until), word(before), filter.limit))
        lines.push_back({.id = row[0].as<std::int64_t>(),
                         .at = time_from(row[1]),
                         .entry = {.actor = text_from(row[2]),
                                   .action = text_from(row[3]),
                                   .object = text_from(row[4]),
                                   .before = maybe_text(row[5]),
                                   .after = maybe_text(row[6]),
                                   .why = text_from(row[7])}});
    return lines;
}

}  // namespace outcry::storage
