// server/storage/notifications.cpp: from outbox rows to deliveries.
#include "server/storage/notifications.hpp"

#include <algorithm>

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

bool lock_telling(Transaction& tx) {
    return tx.exec(sql::lock_telling)[0][0].as<bool>();
}

std::vector<News> take_outbox(Transaction& tx, int most, Time now) {
    std::vector<News> all;
    for (const auto& row : tx.exec(sql::take_outbox, most)) {
        News news{.id = text_from(row[0]), .kind = text_from(row[1]), .incident = text_from(row[2])};
        news.at = time_from(row[3]);
        news.service = row[4].as<ServiceId>();
        news.region = text_from(row[5]);
        news.severity = row[6].as<double>();
        news.made = now;
        all.push_back(std::move(news));
    }
    // Ids are in order of time; the rows of one delete are not.
    std::sort(all.begin(), all.end(),
              [](const News& a, const News& b) { return std::tie(a.at, a.id) < std::tie(b.at, b.id); });
    return all;
}

void tell(Transaction& tx, const News& news, const std::vector<Telling>& tellings) {
    const auto service = news.service ? std::to_string(*news.service) : std::string{};
    const char* const incident = news.incident ? news.incident->c_str() : nullptr;
    const auto added =
        tx.exec(sql::add_notification, news.id, news.kind, incident, news.service ? service.c_str() : nullptr,
                news.region, millis(news.at), millis(news.made));
    auto id = news.id;
    if (added.affected_rows() == 0)
        id = text_from(tx.exec(sql::find_notification, *news.incident, news.kind, millis(news.at))[0][0]);
    for (const auto& telling : tellings)
        tx.exec(sql::add_delivery, id, telling.target, telling.held_by, millis(telling.due), millis(news.made),
                telling.only_if_told);
}

void cancel_over(Transaction& tx, const IncidentId& incident, Time now) {
    tx.exec(sql::cancel_over, incident, millis(now));
}

void cancel_acknowledged(Transaction& tx, Time now) {
    tx.exec(sql::cancel_acknowledged, millis(now));
}

void cancel_unsaid_merge(Transaction& tx, const IncidentId& incident, Time now) {
    tx.exec(sql::cancel_unsaid_merge, incident, millis(now));
}

std::vector<Unfinished> load_unfinished(Transaction& tx) {
    std::vector<Unfinished> all;
    for (const auto& row : tx.exec(sql::load_unfinished)) {
        all.push_back({.id = text_from(row[0]),
                       .service = row[1].as<ServiceId>(),
                       .opened = time_from(row[2]),
                       .acknowledged = row[3].as<bool>(),
                       .region = text_from(row[4])});
        if (!row[5].is_null()) all.back().whole = row[5].as<ServiceId>();
        all.back().whole_region = text_from(row[6]);
        all.back().severity = row[7].as<double>();
        all.back().whole_severity = row[8].as<double>();
        all.back().alone_since = maybe_time_from(row[9]);
    }
    return all;
}

void retain_notifications(Transaction& tx, Time now) {
    tx.exec(sql::retain_notifications, millis(now));
}

}  // namespace outcry::storage
