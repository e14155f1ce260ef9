// server/storage/migrations.hpp: brings a database to the shape this program expects, step by step, and never
// twice.
#pragma once
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

/// A sentence with the cause and the next command.
struct MigrationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Migration {
    int number = 0;
    std::string name;  // "0002_catalogue.sql"
    std::string_view text;
};

/// Those built into the program, in order.
const std::vector<Migration>& built_in_migrations();

struct MigrationStatus {
    int number = 0;
    std::string name;
    bool applied = false;
    bool edited = false;  // after it had been applied
    bool newer = false;   // this version does not know it
};

/// Every migration that this version or the database knows, as it stands; judges nothing, reads only.
std::vector<MigrationStatus> list_migrations(Database&, std::span<const Migration> = built_in_migrations());

/// Every known migration, applied or not; reads only. Throws MigrationError when an applied one was edited or
/// is unknown.
std::vector<MigrationStatus> migration_status(Database&, std::span<const Migration> = built_in_migrations());

/// Applies what is missing, each in a transaction of its own under an advisory lock, so that any number of
/// nodes may do it at once and a broken run goes on where it stopped. `applied` hears each name. The database's
/// role must own the schema.
void migrate(Database&, const std::function<void(const std::string& name)>& applied = {},
             std::span<const Migration> = built_in_migrations());

}  // namespace outcry::storage
