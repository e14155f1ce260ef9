// server/storage/tokens.cpp: tokens, row by row.
#include "server/storage/tokens.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

std::vector<StoredToken> load_tokens(Transaction& tx) {
    std::vector<StoredToken> tokens;
    for (const auto& row : tx.exec(sql::load_tokens))
        tokens.push_back({.name = text_from(row[0]),
                          .hash = bytes_from(row[1]),
                          .scopes = split(text_from(row[2])),
                          .made = time_from(row[3])});
    return tokens;
}

bool put_token(Transaction& tx, const StoredToken& token) {
    ArrayText scopes;
    for (const auto& scope : token.scopes) scopes.add(std::string_view{scope});
    return tx.exec(sql::put_token, token.name, bytes(token.hash), scopes.str(), millis(token.made))
               .affected_rows() == 1;
}

bool revoke_token(Transaction& tx, const std::string& name, Time now) {
    return tx.exec(sql::revoke_token, name, millis(now)).affected_rows() == 1;
}

}  // namespace outcry::storage
