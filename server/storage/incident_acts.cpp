// server/storage/incident_acts.cpp: see the header.
#include "server/storage/incident_acts.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/new_id.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::vector<Closing> load_closings(Transaction& tx, Minute from) {
    std::vector<Closing> closings;
    for (const auto& row : tx.exec(sql::load_closings, seconds(from)))
        closings.push_back({row[0].as<ServiceId>(), minute_from(row[1])});
    return closings;
}

bool end_incident(Transaction& tx, const IncidentId& id, const std::string& by, Time now) {
    const auto since = std::chrono::ceil<std::chrono::minutes>(now);
    return tx.exec(sql::add_closing, id, seconds(since), by, millis(now)).affected_rows() == 1;
}

bool merge_incident(Transaction& tx, const IncidentId& part, const IncidentId& into, const std::string& by,
                    Time now) {
    if (part == into) return false;
    // By itself: what another merge or an end has changed meanwhile is seen by the next statement alone.
    tx.exec(sql::lock_incidents, part, into);
    if (tx.exec(sql::add_merge, part, into, by, millis(now)).affected_rows() != 1) return false;
    tx.exec(sql::tell_merge, new_id(now), part, millis(now));
    return true;
}

std::map<IncidentId, IncidentActs> load_acts(Transaction& tx, const std::vector<IncidentId>& incidents) {
    ArrayText ids;
    for (const auto& id : incidents) ids.add_plain(id);
    std::map<IncidentId, IncidentActs> all;
    for (const auto& row : tx.exec(sql::load_acts, ids.str())) {
        auto& acts = all[text_from(row[0])];
        acts.ends = maybe_minute_from(row[1]);
        if (!row[2].is_null()) acts.into = text_from(row[2]);
    }
    return all;
}

IncidentActs load_acts(Transaction& tx, const IncidentId& id) {
    return load_acts(tx, std::vector{id}).begin()->second;
}

}  // namespace outcry::storage
