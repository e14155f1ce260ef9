// server/app/database_server.hpp: which PostgreSQL this installation uses: a private one, or the one a DSN
// names.
#pragma once
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "server/config/config.hpp"

namespace outcry::storage {
class Cluster;
class Database;
}  // namespace outcry::storage

namespace outcry::app {

/// The database cannot be used: a sentence with the cause, then what to type.
struct DatabaseTrouble : std::runtime_error {
    DatabaseTrouble(const std::string& cause, std::string next_step)
        : std::runtime_error(cause), next(std::move(next_step)) {}
    std::string next;
};

class DatabaseServer {
 public:
    enum class Use {
        own,    // serve: the private server is this process's child
        share,  // commands: the running one, or for as long as the command takes one of its own
    };
    /// Throws DatabaseTrouble.
    DatabaseServer(const config::Config&, Use);
    ~DatabaseServer();

    /// What may be done to rows; role outcry_serve.
    std::unique_ptr<storage::Database> open(const std::string& name, std::size_t connections) const;
    /// What may change tables.
    std::unique_ptr<storage::Database> open_as_owner() const;

    /// Applies missing migrations, tells `applied` of each, and writes one line into the audit log, of `by`.
    /// Throws DatabaseTrouble when they were edited, are unknown, or may not be applied.
    void bring_up_to_date(const std::string& by, const std::function<void(const std::string&)>& applied) const;

    /// Connection string without its password.
    std::string describe() const;

 private:
    std::string dsn_, owner_dsn_;
    std::unique_ptr<storage::Cluster> cluster_;
};

}  // namespace outcry::app
