// server/storage/sign_ins.cpp: sessions, row by row.
#include "server/storage/sign_ins.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::optional<SignIn> find_sign_in(Transaction& tx, const std::string& hash, Time seen_since, Time made_since) {
    const auto rows = tx.exec(sql::find_session, bytes(hash), millis(seen_since), millis(made_since));
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return SignIn{.user = row[0].as<UserId>(),
                  .name = text_from(row[1]),
                  .role = text_from(row[2]),
                  .made = time_from(row[3]),
                  .seen = time_from(row[4])};
}

void add_sign_in(Transaction& tx, const std::string& hash, UserId user, Time now) {
    tx.exec(sql::add_session, bytes(hash), user, millis(now));
}

void touch_sign_in(Transaction& tx, const std::string& hash, Time now) {
    tx.exec(sql::touch_session, bytes(hash), millis(now));
}

void end_sign_in(Transaction& tx, const std::string& hash) {
    tx.exec(sql::end_session, bytes(hash));
}

int count_sign_ins_of(Transaction& tx, UserId user) {
    return tx.exec(sql::count_sessions_of, user)[0][0].as<int>();
}

int end_sign_ins_of(Transaction& tx, UserId user) {
    return static_cast<int>(tx.exec(sql::end_sessions_of, user).affected_rows());
}

void drop_old_sign_ins(Transaction& tx, Time seen_since, Time made_since) {
    tx.exec(sql::drop_old_sessions, millis(seen_since), millis(made_since));
}

}  // namespace outcry::storage
