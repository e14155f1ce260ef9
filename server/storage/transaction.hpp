// server/storage/transaction.hpp: what stands behind Transaction; included by the .cpp files of storage only.
#pragma once
#include <pqxx/pqxx>
#include <string>
#include <string_view>

#include "server/storage/connection.hpp"

namespace outcry::storage {

class Transaction {
 public:
    Transaction(Connection& connection, pqxx::connection& session) : connection_(connection), work_(session) {}

    /// Runs one of outcry::sql, prepared on first use.
    template <class... Arguments>
    pqxx::result exec(std::string_view query, const Arguments&... arguments) {
        return work_.exec_prepared(connection_.prepared(query), arguments...);
    }

    /// Several statements at once, as a migration has them.
    void exec_script(const std::string& text) { work_.exec(text); }

    void commit() { work_.commit(); }

 private:
    Connection& connection_;
    pqxx::work work_;
};

}  // namespace outcry::storage
