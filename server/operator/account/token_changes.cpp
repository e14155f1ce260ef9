// server/operator/account/token_changes.cpp: the change and its line, in one transaction.
#include "server/operator/account/token_changes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/storage/audit.hpp"

namespace outcry::operators {
namespace {

std::string facts(const storage::StoredToken& token) {
    return nlohmann::json{{"scopes", token.scopes}}.dump();
}

}  // namespace

bool create_token(storage::Transaction& tx, const std::string& by, const storage::StoredToken& token,
                  const std::string& why, Time now) {
    if (!storage::put_token(tx, token)) return false;
    storage::write_audit(tx,
                         {.actor = by,
                          .action = "token.create",
                          .object = "token " + token.name,
                          .after = facts(token),
                          .why = why},
                         now);
    return true;
}

bool revoke_token(storage::Transaction& tx, const std::string& by, const std::string& name,
                  const std::string& why, Time now) {
    const auto all = storage::load_tokens(tx);
    const auto token = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    if (token == all.end() || !storage::revoke_token(tx, name, now)) return false;
    storage::write_audit(
        tx,
        {.actor = by, .action = "token.revoke", .object = "token " + name, .before = facts(*token), .why = why},
        now);
    return true;
}

}  // namespace outcry::operators
