// server/storage/statements.cpp: statements and their sources, row by row.
#include "server/storage/statements.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

using namespace std::chrono_literals;

StatementSource source_from(const pqxx::row& row) {
    StatementSource source{.service = row[0].as<ServiceId>(),
                           .address = text_from(row[1]),
                           .etag = text_from(row[2]),
                           .last_modified = text_from(row[3]),
                           .next_poll = time_from(row[4]),
                           .answered = {},
                           .failures = row[6].as<std::int32_t>(),
                           .trouble = text_from(row[7])};
    if (!row[5].is_null()) source.answered = time_from(row[5]);
    return source;
}

Time first_about(const analytics::Incident& incident) {
    return Time{incident.began} - 6h;
}

/// From the column `first` on.
Statement statement_from(const pqxx::row& row, int first = 0) {
    return {.external_id = text_from(row[first]),
            .at = time_from(row[first + 1]),
            .status = text_from(row[first + 2]),
            .title = text_from(row[first + 3]),
            .text = text_from(row[first + 4]),
            .address = text_from(row[first + 5]),
            .by_whom = text_from(row[first + 6])};
}

std::vector<Statement> statements_from(const pqxx::result& rows) {
    std::vector<Statement> statements;
    for (const auto& row : rows) statements.push_back(statement_from(row));
    return statements;
}

}  // namespace

bool add_statement(Transaction& tx, ServiceId service, const Statement& statement, Time now) {
    return tx.exec(sql::add_statement, service, statement.external_id, millis(statement.at), statement.status,
                   statement.title, statement.text, statement.address, statement.by_whom, millis(now))
               .affected_rows() == 1;
}

std::vector<Statement> load_statements(Transaction& tx, ServiceId service, Time from, Time to) {
    return statements_from(tx.exec(sql::load_statements, service, millis(from), millis(to)));
}

std::vector<Statement> load_statements_so_far(Transaction& tx, ServiceId service,
                                              const analytics::Incident& incident, Time now) {
    return load_statements(tx, service, first_about(incident), now + 1ms);
}

std::map<IncidentId, Statement> load_latest_statements(Transaction& tx, const std::vector<IncidentRecord>& open,
                                                       Time now) {
    ArrayText ids, services, since;
    for (const auto& record : open) {
        ids.add_plain(record.id);
        services.add(record.service);
        since.add(millis(first_about(record.incident)));
    }
    const auto rows =
        tx.exec(sql::load_latest_statements, ids.str(), services.str(), since.str(), millis(now + 1ms));
    std::map<IncidentId, Statement> latest;
    for (const auto& row : rows) latest.emplace(text_from(row[0]), statement_from(row, 1));
    return latest;
}

StatementsAbout load_statements_about(Transaction& tx, const IncidentRecord& record, Time now) {
    const auto& incident = record.incident;
    if (incident.phase != analytics::Phase::closed)
        return {load_statements_so_far(tx, record.service, incident, now), {}};
    const auto from = millis(first_about(incident)), to = millis(Time{incident.closed} + 24h);
    return {statements_from(tx.exec(sql::load_kept_statements, record.id, from, to)),
            statements_from(tx.exec(sql::load_later_statements, record.id, from, to))};
}

std::optional<StatementSource> load_statement_source(Transaction& tx, ServiceId service) {
    const auto rows = tx.exec(sql::load_statement_source, service);
    if (rows.empty()) return std::nullopt;
    return source_from(rows[0]);
}

void put_statement_source(Transaction& tx, ServiceId service, const std::string& address, Time now) {
    if (address.empty())
        tx.exec(sql::remove_statement_source, service);
    else
        tx.exec(sql::put_statement_source, service, address, millis(now));
}

std::vector<StatementSource> claim_statement_sources(Transaction& tx, Time now, std::chrono::seconds lease,
                                                     int most) {
    std::vector<StatementSource> sources;
    for (const auto& row : tx.exec(sql::claim_statement_sources, millis(now), millis(now + lease), most))
        sources.push_back(source_from(row));
    return sources;
}

void settle_statement_source(Transaction& tx, const StatementSource& source) {
    const auto answered = source.answered ? std::to_string(millis(*source.answered)) : std::string{};
    tx.exec(sql::settle_statement_source, source.service, source.address, source.etag, source.last_modified,
            millis(source.next_poll), source.answered ? answered.c_str() : nullptr, source.failures,
            source.trouble);
}

}  // namespace outcry::storage
