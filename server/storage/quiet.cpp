// server/storage/quiet.cpp: windows and silences, row by row.
#include "server/storage/quiet.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

Maintenance maintenance_from(const pqxx::row& row) {
    return {.id = row[0].as<std::int32_t>(),
            .service = row[1].as<ServiceId>(),
            .starts = time_from(row[2]),
            .ends = time_from(row[3]),
            .title = text_from(row[4]),
            .by_whom = text_from(row[5])};
}

}  // namespace

std::vector<Maintenance> load_maintenances(Transaction& tx, Time now) {
    std::vector<Maintenance> all;
    for (const auto& row : tx.exec(sql::load_maintenances, millis(now))) all.push_back(maintenance_from(row));
    return all;
}

std::vector<Maintenance> load_windows_of(Transaction& tx, ServiceId service, Time from, Time to) {
    std::vector<Maintenance> all;
    for (const auto& row : tx.exec(sql::load_windows_of, service, millis(from), millis(to)))
        all.push_back(maintenance_from(row));
    return all;
}

std::optional<Maintenance> find_overlap(Transaction& tx, const Maintenance& wanted) {
    const auto rows = tx.exec(sql::find_overlap, wanted.service, millis(wanted.starts), millis(wanted.ends));
    if (rows.empty()) return std::nullopt;
    return maintenance_from(rows[0]);
}

std::int32_t add_maintenance(Transaction& tx, const Maintenance& wanted, Time now) {
    return tx
        .exec(sql::add_maintenance, wanted.service, millis(wanted.starts), millis(wanted.ends), wanted.title,
              wanted.by_whom, millis(now))[0][0]
        .as<std::int32_t>();
}

bool end_maintenance(Transaction& tx, std::int32_t id, Time now) {
    return tx.exec(sql::end_maintenance, id, millis(now)).affected_rows() == 1;
}

std::vector<Silence> load_silences(Transaction& tx, Time now) {
    std::vector<Silence> all;
    for (const auto& row : tx.exec(sql::load_silences, millis(now))) {
        Silence silence{.id = row[0].as<std::int32_t>()};
        if (!row[1].is_null()) silence.service = row[1].as<ServiceId>();
        silence.group = text_from(row[2]);
        silence.starts = time_from(row[3]);
        silence.ends = time_from(row[4]);
        silence.reason = text_from(row[5]);
        silence.by_whom = text_from(row[6]);
        all.push_back(std::move(silence));
    }
    return all;
}

std::int32_t add_silence(Transaction& tx, const Silence& silence, Time now) {
    const auto service = silence.service ? std::to_string(*silence.service) : std::string{};
    return tx
        .exec(sql::add_silence, silence.service ? service.c_str() : nullptr, silence.group,
              millis(silence.starts), millis(silence.ends), silence.reason, silence.by_whom, millis(now))[0][0]
        .as<std::int32_t>();
}

bool end_silence(Transaction& tx, std::int32_t id, Time now) {
    return tx.exec(sql::end_silence, id, millis(now)).affected_rows() == 1;
}

}  // namespace outcry::storage
