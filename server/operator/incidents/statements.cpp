// server/operator/incidents/statements.cpp: see the header.
#include "server/operator/incidents/statements.hpp"

#include <nlohmann/json.hpp>

#include "server/storage/audit.hpp"

namespace outcry::operators {
namespace {

using nlohmann::json;

std::optional<std::string> address_json(const std::string& address) {
    if (address.empty()) return std::nullopt;
    return json{{"address", address}}.dump();
}

}  // namespace

void write_down(storage::Transaction& tx, const storage::Service& service, const storage::Statement& statement,
                const Actor& actor, Time now) {
    storage::add_statement(tx, service.id, statement, now);
    storage::write_audit(
        tx,
        {.actor = actor.audit_name(),
         .action = "statement.add",
         .object = "service " + service.slug,
         .after =
             json{{"status", statement.status}, {"text", statement.text}, {"address", statement.address}}.dump(
                 -1, ' ', false, json::error_handler_t::replace)},
        now);
}

void read_from(storage::Transaction& tx, const storage::Service& service, const std::string& address,
               const Actor& actor, Time now) {
    const auto before = storage::load_statement_source(tx, service.id);
    const auto known = before ? before->address : std::string{};
    if (known == address) return;
    storage::put_statement_source(tx, service.id, address, now);
    storage::write_audit(tx,
                         {.actor = actor.audit_name(),
                          .action = "statement.source",
                          .object = "service " + service.slug,
                          .before = address_json(known),
                          .after = address_json(address)},
                         now);
}

}  // namespace outcry::operators
