// server/storage/acknowledgements.cpp: the first one holds.
#include "server/storage/acknowledgements.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

bool acknowledge(Transaction& tx, const IncidentId& incident, const Acknowledgement& given) {
    return tx.exec(sql::acknowledge_incident, incident, given.by_whom, given.note, millis(given.at))
               .affected_rows() == 1;
}

std::optional<Acknowledgement> load_acknowledgement(Transaction& tx, const IncidentId& incident) {
    const auto rows = tx.exec(sql::load_acknowledgement, incident);
    if (rows.empty()) return std::nullopt;
    return Acknowledgement{
        .by_whom = text_from(rows[0][0]), .note = text_from(rows[0][1]), .at = time_from(rows[0][2])};
}

}  // namespace outcry::storage
