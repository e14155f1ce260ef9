// server/storage/targets.cpp: targets, row by row.
#include "server/storage/targets.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

std::vector<Target> targets_from(const pqxx::result& rows) {
    std::vector<Target> targets;
    for (const auto& row : rows) {
        Target target{.id = row[0].as<TargetId>(),
                      .name = text_from(row[1]),
                      .kind = text_from(row[2]),
                      .address = text_from(row[3]),
                      .secret = text_from(row[4]),
                      .old_secret = text_from(row[5])};
        target.old_secret_until = maybe_time_from(row[6]);
        target.failures = row[7].as<int>();
        target.failing_since = maybe_time_from(row[8]);
        target.off_since = maybe_time_from(row[9]);
        target.off_why = text_from(row[10]);
        target.made = time_from(row[11]);
        target.asked_until = maybe_time_from(row[12]);
        targets.push_back(std::move(target));
    }
    return targets;
}

bool changed(const pqxx::result& result) {
    return result.affected_rows() == 1;
}

}  // namespace

std::vector<Target> load_targets(Transaction& tx) {
    return targets_from(tx.exec(sql::load_targets, static_cast<const char*>(nullptr)));
}

std::optional<Target> load_target(Transaction& tx, TargetId id) {
    auto found = targets_from(tx.exec(sql::load_targets, id));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::optional<TargetId> add_target(Transaction& tx, const Target& target, Time now) {
    const auto made =
        tx.exec(sql::add_target, target.name, target.kind, target.address, target.secret, millis(now));
    if (made.empty()) return std::nullopt;
    return made[0][0].as<TargetId>();
}

bool edit_target(Transaction& tx, const Target& target) {
    return changed(tx.exec(sql::edit_target, target.id, target.name, target.address, target.secret));
}

bool rotate_secret(Transaction& tx, TargetId id, const std::string& fresh, Time old_until) {
    return changed(tx.exec(sql::rotate_secret, id, fresh, millis(old_until)));
}

std::optional<std::string> switch_off(Transaction& tx, TargetId id, const std::string& why, Time now) {
    const auto name = tx.exec(sql::switch_target_off, id, millis(now), why);
    if (name.empty()) return std::nullopt;
    tx.exec(sql::give_up_waiting, id, millis(now));
    return text_from(name[0][0]);
}

bool switch_on(Transaction& tx, TargetId id) {
    return changed(tx.exec(sql::switch_target_on, id));
}

bool remove_target(Transaction& tx, TargetId id, Time now) {
    tx.exec(sql::remove_routes_of, id, millis(now));
    tx.exec(sql::give_up_waiting, id, millis(now));
    return changed(tx.exec(sql::remove_target, id, millis(now)));
}

void count_success(Transaction& tx, TargetId id) {
    tx.exec(sql::count_success, id);
}

void count_failure(Transaction& tx, TargetId id, Time now) {
    tx.exec(sql::count_failure, id, millis(now));
}

void ask_to_wait(Transaction& tx, TargetId id, Time until) {
    tx.exec(sql::ask_to_wait, id, millis(until));
}

}  // namespace outcry::storage
