// server/storage/sign_in_tries.cpp: one row for each key.
#include "server/storage/sign_in_tries.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::optional<Time> find_sign_in_wait(Transaction& tx, const std::string& key, Time now) {
    const auto rows = tx.exec(sql::find_sign_in_wait, bytes(key), millis(now));
    return rows.empty() ? std::nullopt : std::optional{time_from(rows[0][0])};
}

void move_sign_in_tries(Transaction& tx, const std::string& from, const std::string& to) {
    tx.exec(sql::move_sign_in_tries, bytes(from), bytes(to));
}

SignInTries lock_sign_in_tries(Transaction& tx, const std::string& key, Time now) {
    const auto row = tx.exec(sql::lock_sign_in_tries, bytes(key), millis(now))[0];
    return {.count = row[0].as<int>(), .last = time_from(row[1]), .next = time_from(row[2])};
}

void put_sign_in_tries(Transaction& tx, const std::string& key, const SignInTries& tries) {
    tx.exec(sql::put_sign_in_tries, bytes(key), tries.count, millis(tries.last), millis(tries.next));
}

void forget_sign_in_tries(Transaction& tx, const std::string& key) {
    tx.exec(sql::forget_sign_in_tries, bytes(key));
}

}  // namespace outcry::storage
