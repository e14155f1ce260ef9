// server/storage/secrets.cpp: whichever node comes first decides, and all others read its value.
#include "server/storage/secrets.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::string keep_secret(Transaction& tx, const std::string& name, std::string_view fresh) {
    tx.exec(sql::keep_secret, name, bytes(fresh));
    return bytes_from(tx.exec(sql::load_secret, name)[0][0]);
}

std::string keep_salt(Transaction& tx, std::chrono::sys_days day, std::string_view fresh) {
    if (auto known = find_salt(tx, day)) return *std::move(known);
    tx.exec(sql::keep_salt, seconds(day), bytes(fresh));
    return find_salt(tx, day).value();
}

std::optional<std::string> find_salt(Transaction& tx, std::chrono::sys_days day) {
    const auto rows = tx.exec(sql::load_salt, seconds(day));
    return rows.empty() ? std::nullopt : std::optional{bytes_from(rows[0][0])};
}

}  // namespace outcry::storage
