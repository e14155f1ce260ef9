// server/app/database_server.cpp: finds or starts the server, and says in plain words why it cannot.
#include "server/app/database_server.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>

#include "server/storage/audit.hpp"
#include "server/storage/cluster.hpp"
#include "server/storage/database.hpp"
#include "server/storage/migrations.hpp"

namespace outcry::app {
namespace {

using namespace std::chrono_literals;

/// Of the private server of this state directory, whoever started it.
std::string private_dsn(const std::string& state_dir) {
    const auto folder = std::filesystem::path(state_dir) / "postgresql";
    return fmt::format("host='{}' user=outcry dbname=outcry", folder.string());
}

std::unique_ptr<storage::Database> open_with(const std::string& dsn, const std::string& role,
                                             const std::string& name, std::size_t connections) {
    storage::DatabaseOptions options;
    options.dsn = dsn;
    options.role = role;
    options.application_name = "outcry " + name;
    options.connections = connections;
    return std::make_unique<storage::Database>(std::move(options));
}

bool answers(const std::string& dsn, std::chrono::milliseconds patience, std::string& cause) {
    try {
        open_with(dsn, "", "probe", 1)->wait_until_ready(patience);
        return true;
    } catch (const std::exception& error) {
        cause = config::without_password(error.what());
        return false;
    }
}

/// The last migration of those that are applied; empty: none.
std::string last_applied(const std::vector<storage::MigrationStatus>& steps) {
    std::string last;
    for (const auto& step : steps)
        if (step.applied) last = step.name;
    return last;
}

void write_down(storage::Database& database, const std::string& by, const std::string& before,
                const std::string& after) {
    const auto shape = [](const std::string& name) { return R"({"shape":")" + name + R"("})"; };
    storage::AuditEntry entry{.actor = by, .action = "database.migrate", .object = "database"};
    if (!before.empty()) entry.before = shape(before);
    entry.after = shape(after);
    database.run(
        [&](storage::Transaction& tx) { storage::write_audit(tx, entry, storage::database_time(tx)); });
}

}  // namespace

DatabaseServer::DatabaseServer(const config::Config& config, Use use) {
    std::string cause;
    if (config.database != "auto") {
        dsn_ = config.database;
        owner_dsn_ = config.migrate_database.empty() ? dsn_ : config.migrate_database;
        if (!answers(dsn_, use == Use::own ? 30s : 5s, cause))
            throw DatabaseTrouble(
                fmt::format("the database ({}) cannot be reached: {}", describe(), cause),
                "outcry doctor, after checking `database` in the settings or OUTCRY_DATABASE");
        return;
    }
    dsn_ = owner_dsn_ = private_dsn(config.state_dir);
    const auto socket = std::filesystem::path(config.state_dir) / "postgresql" / ".s.PGSQL.5432";
    std::error_code ignored;
    if (use == Use::share && std::filesystem::exists(socket, ignored) && answers(dsn_, 500ms, cause)) return;
    try {
        cluster_ = std::make_unique<storage::Cluster>(storage::ClusterOptions{.state = config.state_dir});
    } catch (const storage::ClusterError& error) {
        throw DatabaseTrouble(error.what(), "outcry doctor");
    }
    dsn_ = owner_dsn_ = cluster_->dsn();
}

DatabaseServer::~DatabaseServer() = default;

std::unique_ptr<storage::Database> DatabaseServer::open(const std::string& name,
                                                        std::size_t connections) const {
    return open_with(dsn_, "outcry_serve", name, connections);
}

std::unique_ptr<storage::Database> DatabaseServer::open_as_owner() const {
    return open_with(owner_dsn_, "", "migrate", 1);
}

void DatabaseServer::bring_up_to_date(const std::string& by,
                                      const std::function<void(const std::string&)>& applied) const {
    try {
        const auto database = open_as_owner();
        const auto before = storage::migration_status(*database);
        if (std::all_of(before.begin(), before.end(), [](const auto& step) { return step.applied; })) return;
        storage::migrate(*database, applied);
        write_down(*database, by, last_applied(before), last_applied(storage::migration_status(*database)));
    } catch (const storage::MigrationError& error) {
        throw DatabaseTrouble(error.what(), "outcry migrate --status");
    } catch (const storage::Unavailable& error) {
        throw DatabaseTrouble(config::without_password(error.what()), "outcry doctor");
    }
}

std::string DatabaseServer::describe() const {
    return config::without_password(dsn_);
}

}  // namespace outcry::app
