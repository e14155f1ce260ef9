// server/storage/deliveries.cpp: deliveries and attempts, row by row.
#include "server/storage/deliveries.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

/// Columns id, kind, incident, service, region, at, from `first` on.
News news_from(const pqxx::row& row, pqxx::row::size_type first) {
    News news{.id = text_from(row[first]), .kind = text_from(row[first + 1])};
    if (!row[first + 2].is_null()) news.incident = text_from(row[first + 2]);
    if (!row[first + 3].is_null()) news.service = row[first + 3].as<ServiceId>();
    news.region = text_from(row[first + 4]);
    news.at = time_from(row[first + 5]);
    return news;
}

template <class Number>
std::string text_of(const std::optional<Number>& number) {
    return number ? std::to_string(*number) : std::string{};
}

}  // namespace

std::vector<Claimed> claim_deliveries(Transaction& tx, const Claim& claim) {
    std::vector<Claimed> mine;
    for (const auto& row : tx.exec(sql::claim_deliveries, millis(claim.now), millis(claim.until), claim.node,
                                   claim.most, claim.failing_too)) {
        Claimed claimed{.id = row[0].as<DeliveryId>(),
                        .target = row[1].as<TargetId>(),
                        .attempts = row[2].as<int>(),
                        .news = news_from(row, 4)};
        if (!row[3].is_null()) claimed.body = text_from(row[3]);
        claimed.number = row[10].as<int>();
        claimed.news.made = time_from(row[11]);
        mine.push_back(std::move(claimed));
    }
    return mine;
}

void keep_body(Transaction& tx, DeliveryId id, const std::string& body, std::optional<std::uint32_t> peak) {
    const auto text = text_of(peak);
    tx.exec(sql::keep_body, id, body, peak ? text.c_str() : nullptr);
}

void release_claims(Transaction& tx, std::int32_t node) {
    tx.exec(sql::release_claims, node);
}

void add_attempt(Transaction& tx, DeliveryId id, const Attempt& attempt) {
    tx.exec(sql::add_attempt, id, millis(attempt.at), attempt.took.count(), attempt.request, attempt.status,
            bytes(attempt.answer), attempt.cut, attempt.trouble, attempt.detail);
}

bool settle(Transaction& tx, const Claimed& claimed, std::int32_t node, const Settlement& settled) {
    return tx.exec(sql::settle_delivery, claimed.id, settled.state, settled.why, millis(settled.due),
                   millis(settled.now), node, claimed.attempts)
               .affected_rows() == 1;
}

std::vector<Held> load_held_due(Transaction& tx, Time now) {
    std::vector<Held> held;
    for (const auto& row : tx.exec(sql::load_held_due, millis(now))) {
        Held one{.id = row[0].as<DeliveryId>(), .target = row[1].as<TargetId>(), .news = {}};
        one.news.kind = text_from(row[2]);
        one.news.incident = text_from(row[3]);
        if (!row[4].is_null()) one.news.service = row[4].as<ServiceId>();
        one.news.region = text_from(row[5]);
        one.news.at = time_from(row[6]);
        one.news.severity = row[7].as<double>();
        held.push_back(std::move(one));
    }
    return held;
}

bool is_told_by_merge(Transaction& tx, const IncidentId& incident, TargetId target, bool or_part) {
    return tx.exec(sql::is_told_by_merge, incident, target, or_part)[0][0].as<bool>();
}

void hold(Transaction& tx, DeliveryId id, const std::string& held_by, Time due) {
    tx.exec(sql::hold_delivery, id, held_by, millis(due));
}

void cancel_delivery(Transaction& tx, DeliveryId id, const std::string& why, Time now) {
    tx.exec(sql::cancel_delivery, id, why, millis(now));
}

void look_at_held_again(Transaction& tx, Time now) {
    tx.exec(sql::look_at_held_again, millis(now));
}

std::optional<Time> asked_until(const DeliveryRecord& delivery) {
    const bool waits = delivery.state == "waiting" && delivery.held_by.empty();
    return waits && delivery.asked_until >= delivery.due ? delivery.asked_until : std::nullopt;
}

std::vector<DeliveryRecord> load_deliveries(Transaction& tx, const DeliveryFilter& filter) {
    const auto target = text_of(filter.target), before = text_of(filter.before), id = text_of(filter.id);
    const auto or_null = [](bool given, const std::string& text) { return given ? text.c_str() : nullptr; };
    const auto rows =
        tx.exec(sql::load_deliveries, or_null(filter.target.has_value(), target),
                or_null(filter.state.has_value(), filter.state.value_or("")),
                or_null(filter.before.has_value(), before), or_null(filter.id.has_value(), id), filter.limit);
    std::vector<DeliveryRecord> records;
    for (const auto& row : rows) {
        DeliveryRecord record{.id = row[0].as<DeliveryId>(),
                              .target = row[1].as<TargetId>(),
                              .target_name = text_from(row[2]),
                              .target_kind = text_from(row[19]),
                              .state = text_from(row[3]),
                              .why = text_from(row[4]),
                              .held_by = text_from(row[5]),
                              .due = time_from(row[6]),
                              .made = time_from(row[9]),
                              .settled = maybe_time_from(row[10]),
                              .attempts = row[7].as<int>(),
                              .body = text_from(row[8]),
                              .news = news_from(row, 11)};
        if (!row[17].is_null()) record.last_status = row[17].as<unsigned>();
        if (!row[18].is_null()) record.last_trouble = text_from(row[18]);
        record.asked_until = maybe_time_from(row[20]);
        record.service_slug = text_from(row[21]);
        record.service_name = text_from(row[22]);
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<Attempt> load_attempts(Transaction& tx, DeliveryId id) {
    std::vector<Attempt> attempts;
    for (const auto& row : tx.exec(sql::load_attempts, id))
        attempts.push_back({.number = row[0].as<int>(),
                            .at = time_from(row[1]),
                            .took = std::chrono::milliseconds{row[2].as<long>()},
                            .request = text_from(row[3]),
                            .status = row[4].as<unsigned>(),
                            .answer = bytes_from(row[5]),
                            .cut = row[6].as<bool>(),
                            .trouble = text_from(row[7]),
                            .detail = text_from(row[8])});
    return attempts;
}

bool send_again(Transaction& tx, DeliveryId id, Time now) {
    return tx.exec(sql::send_again, id, millis(now)).affected_rows() == 1;
}

}  // namespace outcry::storage
