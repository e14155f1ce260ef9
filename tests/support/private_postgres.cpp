// tests/support/private_postgres.cpp: one cluster, one migrated template, copies of it.
#include "tests/support/private_postgres.hpp"

#include <libpq-fe.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "server/storage/migrations.hpp"

namespace outcry::tests {
std::string ask(const std::string& dsn, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> session{PQconnectdb(dsn.c_str()), &PQfinish};
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(session.get(), sql.c_str()), &PQclear};
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(session.get()));
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

namespace {

/// `dbname` given again holds instead of the first one.
std::string with_database(const std::string& name) {
    return private_cluster().dsn() + " dbname=" + name;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = "/tmp/outcry-test-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
    std::filesystem::permissions(path_, std::filesystem::perms{0711});
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
}

storage::Cluster& private_cluster() {
    static const TemporaryFolder folder;
    static storage::Cluster cluster{{.state = folder.path(), .sync = false}};
    return cluster;
}

PrivateDatabase::PrivateDatabase() {
    static const bool made = [] {
        storage::Database owner{{.dsn = private_cluster().dsn(), .connections = 1}};
        storage::migrate(owner);
        return true;
    }();
    static std::atomic<int> count{0};
    name_ = "test" + std::to_string(count += made ? 1 : 0);
    ask_server("create database " + name_ + " template outcry");
    dsn_ = with_database(name_);
}

std::string PrivateDatabase::ask_server(const std::string& sql) const {
    return tests::ask(with_database("postgres"), sql);
}

storage::DatabaseOptions PrivateDatabase::serving(std::size_t connections) const {
    return {.dsn = dsn_, .role = "outcry_serve", .connections = connections};
}

storage::DatabaseOptions PrivateDatabase::owning() const {
    return {.dsn = dsn_, .connections = 1};
}

}  // namespace outcry::tests
