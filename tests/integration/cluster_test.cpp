// tests/integration/cluster_test.cpp: the private PostgreSQL is made once, kept running, found again, and lost
// to nobody.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <optional>
#include <thread>

#include "server/storage/cluster.hpp"
#include "server/storage/migrations.hpp"
#include "server/storage/services.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using storage::Cluster;
using storage::ClusterError;
using storage::Database;
using storage::Transaction;
using tests::TemporaryFolder;

namespace {

storage::DatabaseOptions one_connection(const Cluster& cluster) {
    return {.dsn = cluster.dsn(), .connections = 1};
}

void add_service(Database& database, const std::string& slug) {
    storage::Service service;
    service.slug = service.name = slug;
    database.run([&](Transaction& tx) { storage::put_service(tx, service, Time{}); });
}

std::size_t services(Database& database) {
    return database.run(storage::load_services).size();
}

}  // namespace

TEST_CASE("a cluster is made once, with checksums, without a port, and durable") {
    const TemporaryFolder folder;
    {
        const Cluster cluster{{.state = folder.path()}};
        Database database{one_connection(cluster)};
        storage::migrate(database);
        add_service(database, "mail");
        CHECK(tests::ask(cluster.dsn(), "show data_checksums") == "on");
        CHECK(tests::ask(cluster.dsn(), "show listen_addresses") == "");
        CHECK(tests::ask(cluster.dsn(), "show fsync") == "on");
        CHECK(tests::ask(cluster.dsn(), "show synchronous_commit") == "on");
        const auto rights = std::filesystem::status(folder.path() / "postgresql").permissions();
        CHECK(rights == std::filesystem::perms::owner_all);
    }
    const Cluster again{{.state = folder.path()}};
    CHECK(again.crashes() == 0);
    Database database{one_connection(again)};
    CHECK(services(database) == 1);
}

TEST_CASE("a state directory has one owner, and the second is told who that is") {
    const TemporaryFolder folder;
    const Cluster cluster{{.state = folder.path(), .sync = false}};
    CHECK_THROWS_WITH(
        Cluster({.state = folder.path()}),
        Catch::Contains("process " + std::to_string(getpid())) && Catch::Contains("OUTCRY_STATE_DIR"));
}

TEST_CASE("a server that is killed comes back by itself within five seconds") {
    const TemporaryFolder folder;
    const Cluster cluster{{.state = folder.path()}};
    Database database{one_connection(cluster)};
    storage::migrate(database);
    for (int round = 1; round <= 3; ++round) {
        add_service(database, "service-" + std::to_string(round));
        pid_t server = 0;
        while (server <= 0)
            server = cluster.process();  // between two servers there is none, and 0 is all of us
        kill(server, SIGKILL);
        const auto since = std::chrono::steady_clock::now();
        while (cluster.crashes() < round) std::this_thread::yield();
        database.wait_until_ready(30s);
        // A backend outlives its killed server by a moment: the first answer may still be lost with it.
        std::optional<std::size_t> found;
        while (!found && std::chrono::steady_clock::now() - since < 30s) try {
                found = services(database);
            } catch (const storage::Unavailable&) {
            }
        CHECK(std::chrono::steady_clock::now() - since < 5s);
        CHECK(found == static_cast<std::size_t>(round));
    }
}

TEST_CASE("when Outcry is killed its server goes too, and the next start finds everything") {
    const TemporaryFolder folder;
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const auto owner = fork();
    if (owner == 0) {
        const Cluster cluster{{.state = folder.path()}};
        Database database{one_connection(cluster)};
        storage::migrate(database);
        add_service(database, "mail");
        const auto id = cluster.process();
        if (write(ready[1], &id, sizeof id) < 0) _exit(1);
        for (;;) pause();
    }
    pid_t server = 0;
    REQUIRE(read(ready[0], &server, sizeof server) == sizeof server);
    close(ready[0]);
    close(ready[1]);
    kill(owner, SIGKILL);
    waitpid(owner, nullptr, 0);

    const auto since = std::chrono::steady_clock::now();
    const Cluster cluster{{.state = folder.path()}};
    CHECK(std::chrono::steady_clock::now() - since < 5s);
    CHECK(cluster.process() != server);
    Database database{one_connection(cluster)};
    CHECK(services(database) == 1);
}

TEST_CASE("a number left behind that now belongs to another process stops nothing") {
    const TemporaryFolder folder;
    { const Cluster cluster{{.state = folder.path(), .sync = false}}; }
    std::ofstream{folder.path() / "postgresql/data/postmaster.pid"} << "1\n";
    const Cluster cluster{{.state = folder.path(), .sync = false}};
    CHECK(cluster.crashes() == 0);
}

TEST_CASE("a server that cannot start says why, and where its log is") {
    const TemporaryFolder folder;
    { const Cluster cluster{{.state = folder.path(), .sync = false}}; }
    std::ofstream{folder.path() / "postgresql/data/postgresql.conf", std::ios::app}
        << "shared_buffers = 'lots'\n"
        << "no_such_setting = 1\n";
    CHECK_THROWS_WITH(Cluster({.state = folder.path()}),
                      Catch::Contains("no_such_setting") && Catch::Contains("postgresql/log"));
}

TEST_CASE("a state directory that cannot be used is refused in a sentence") {
    const TemporaryFolder folder;
    const auto deep = folder.path() / std::string(90, 'x');
    CHECK_THROWS_WITH(Cluster({.state = deep}), Catch::Contains("shorter state directory"));
    std::ofstream{folder.path() / "file"} << "x";
    CHECK_THROWS_WITH(Cluster({.state = folder.path() / "file" / "state"}),
                      Catch::Contains("OUTCRY_STATE_DIR"));
    if (geteuid() == 0) {
        std::filesystem::create_directory(folder.path() / "closed");
        std::filesystem::permissions(folder.path() / "closed", std::filesystem::perms::owner_all);
        CHECK_THROWS_WITH(Cluster({.state = folder.path() / "closed" / "state"}),
                          Catch::Contains("may not enter"));
    }
}

TEST_CASE("data of a PostgreSQL that is no longer installed is refused with the package to install") {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "postgresql/data");
    std::ofstream{folder.path() / "postgresql/data/PG_VERSION"} << "9\n";
    CHECK_THROWS_WITH(Cluster({.state = folder.path()}), Catch::Contains("apt-get install postgresql-9"));
}
