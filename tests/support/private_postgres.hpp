// tests/support/private_postgres.hpp: a throwaway PostgreSQL for one test process, and an empty database in it
// for each test.
#pragma once
#include <filesystem>
#include <string>

#include "server/storage/cluster.hpp"
#include "server/storage/database.hpp"

namespace outcry::tests {

/// A folder of its own that every account may enter; removed at the end.
class TemporaryFolder {
 public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

/// The server of this process, started on first use, without syncing to disk: for tests that ask nothing about
/// durability.
storage::Cluster& private_cluster();

/// The first column of the first row of any statement, run on a connection of its own.
std::string ask(const std::string& dsn, const std::string& sql);

/// A database with every migration applied, and nothing in it.
class PrivateDatabase {
 public:
    PrivateDatabase();

    const std::string& dsn() const { return dsn_; }
    /// As a node serves: under the role that may not drop or alter.
    storage::DatabaseOptions serving(std::size_t connections = 2) const;
    /// As the owner.
    storage::DatabaseOptions owning() const;

    std::string ask(const std::string& sql) const { return tests::ask(dsn_, sql); }
    /// The same from outside, in the server's own database.
    std::string ask_server(const std::string& sql) const;
    const std::string& name() const { return name_; }

 private:
    std::string name_, dsn_;
};

}  // namespace outcry::tests
