// server/storage/incident_index.cpp: see the header.
#include "server/storage/incident_index.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::uint64_t count_incidents(Transaction& tx) {
    return tx.exec(sql::count_incidents)[0][0].as<std::uint64_t>();
}

std::vector<IncidentMention> load_incident_index(Transaction& tx, std::uint64_t skip, int limit) {
    std::vector<IncidentMention> mentions;
    for (const auto& row : tx.exec(sql::load_incident_index, limit, static_cast<std::int64_t>(skip)))
        mentions.push_back({text_from(row[0]), Time{minute_from(row[1])}});
    return mentions;
}

}  // namespace outcry::storage
