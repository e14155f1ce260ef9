// server/storage/acknowledgements.cpp: the first one holds.
#include "server/storage/acknowledgements.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

bool acknowledge(Transaction& tx, const IncidentId& incident, const Acknowledgement& given) {
    return tx.exec(sql::acknowledge_incident, incident, given.by_whom, given.note, millis(given.at))
               .affected_rows() == 1;
}

std::map<IncidentId, Acknowledgement> load_acknowledgements(Transaction& tx,
                                                            const std::vector<IncidentId>& incidents) {
    ArrayText ids;
    for (const auto& id : incidents) ids.add_plain(id);
    std::map<IncidentId, Acknowledgement> given;
    for (const auto& row : tx.exec(sql::load_acknowledgements, ids.str()))
        given.emplace(
            text_from(row[0]),
            Acknowledgement{.by_whom = text_from(row[1]), .note = text_from(row[2]), .at = time_from(row[3])});
    return given;
}

std::optional<Acknowledgement> load_acknowledgement(Transaction& tx, const IncidentId& incident) {
    auto given = load_acknowledgements(tx, {incident});
    if (given.empty()) return std::nullopt;
    return std::move(given.begin()->second);
}

}  // namespace outcry::storage
