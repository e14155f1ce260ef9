// server/storage/cluster.cpp: provision, start, wait for the first answer.
#include "server/storage/cluster.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <libpq-fe.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "server/storage/binaries.hpp"
#include "server/storage/child.hpp"
#include "server/storage/connection_string.hpp"
#include "server/storage/postmaster.hpp"
#include "server/storage/state_lock.hpp"

namespace outcry::storage {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr const char* database_name = "outcry";

/// Throughput without giving up durability; passed at each start, so that a new version of Outcry brings its
/// own.
std::vector<std::string> settings(const fs::path& sockets, bool sync) {
    std::vector<std::string> list{
        "listen_addresses=",
        "unix_socket_directories=" + sockets.string(),
        "unix_socket_permissions=0700",
        "max_connections=100",
        "shared_buffers=128MB",
        "wal_compression=on",
        "max_wal_size=1GB",
        "checkpoint_timeout=5min",
        "autovacuum_naptime=10s",
        "recovery_init_sync_method=syncfs",
        "timezone=UTC",
        "lc_messages=C",
        "log_timezone=UTC",
        "logging_collector=off",
        "log_checkpoints=off",
    };
    for (const char* name : {"fsync", "synchronous_commit", "full_page_writes"})
        list.push_back(std::string{name} + (sync ? "=on" : "=off"));
    return list;
}

void give(const fs::path& path, const std::optional<Account>& account) {
    if (account && chown(path.c_str(), account->user, account->group) != 0)
        throw fs::filesystem_error("chown", path, {errno, std::generic_category()});
}

/// Everything written so far to the disk that `folder` is on is durable afterwards.
void flush(const fs::path& folder) {
    const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0 || syncfs(file) != 0)
        throw fs::filesystem_error("syncfs", folder, {errno, std::generic_category()});
    close(file);
}

}  // namespace

struct Cluster::Impl {
    explicit Impl(const ClusterOptions& given)
        : state(prepared(given.state)), lock(state), home(state / "postgresql"), account(postgres_account()) {
        check_socket_path();
        if (account) check_reachable(state, *account);
        fs::create_directory(home);
        fs::permissions(home, fs::perms::owner_all);
        give(home, account);
        const auto binaries = find_binaries(home / "data");
        if (!fs::exists(home / "data" / "PG_VERSION")) provision(binaries, given.sync);
        if (!wait_for_former(home / "data"))
            throw ClusterError(
                fmt::format("A PostgreSQL server of a former run still uses {} and does not stop: end it with "
                            "`kill -QUIT $(head -1 {}/postmaster.pid)`.",
                            (home / "data").string(), (home / "data").string()));
        start_server(binaries, given.sync);
        make_database();
    }

    static fs::path prepared(const fs::path& state) try {
        if (fs::create_directories(state)) fs::permissions(state, fs::perms{0711});
        return fs::canonical(state);
    } catch (const fs::filesystem_error& error) {
        throw ClusterError(
            fmt::format("The state directory {} cannot be made ({}): choose one that you may write to, with "
                        "state_dir in the configuration or OUTCRY_STATE_DIR.",
                        state.string(), error.code().message()));
    }

    void check_socket_path() const {
        constexpr std::size_t most = 107;  // sun_path
        const auto socket = (home / ".s.PGSQL.5432").string();
        if (socket.size() > most)
            throw ClusterError(
                fmt::format("The path of the database's socket, {}, has {} bytes and may have {}: choose a "
                            "shorter state directory.",
                            socket, socket.size(), most));
    }

    /// Made beside its place and renamed, so that a crash in between leaves nothing half made.
    void provision(const Binaries& binaries, bool sync) {
        spdlog::info("making a private PostgreSQL {} server in {}", binaries.version, home.string());
        const auto fresh = home / "data.new";
        fs::remove_all(fresh);
        Child initdb{
            .command = {(binaries.folder / "initdb").string(), "-D", fresh.string(), "-U", "outcry",
                        "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-sync"},
            .account = account,
            .log = home / "log"};
        if (const int code = wait_for(start(initdb)); code != 0)
            throw ClusterError(
                fmt::format("The private PostgreSQL server could not be made (initdb ended with {}): {} The "
                            "whole output is in {}.",
                            code, last_words(), (home / "log").string()));
        if (sync) flush(fresh);  // the whole disk at once is quicker than initdb's file by file
        fs::rename(fresh, home / "data");
        if (sync) flush(home);
    }

    void start_server(const Binaries& binaries, bool sync) {
        if (std::error_code none; fs::file_size(home / "log", none) > (8u << 20) && !none)
            fs::rename(home / "log", home / "log.1");
        Child server{.command = {(binaries.folder / "postgres").string(), "-D", (home / "data").string()},
                     .account = account,
                     .log = home / "log",
                     .when_we_die = SIGINT};
        for (const auto& setting : settings(home, sync)) {
            server.command.push_back("-c");
            server.command.push_back(setting);
        }
        postmaster = std::make_unique<Postmaster>(server);
        const auto since = std::chrono::steady_clock::now();
        while (PQping(connection_text("postgres").c_str()) != PQPING_OK) {
            // Recovery after a crash may take its time; a server that does not stay up is given five seconds.
            if (postmaster->crashes() > 0 && std::chrono::steady_clock::now() - since > 5s)
                throw ClusterError(
                    fmt::format("The private PostgreSQL server does not stay up: {} Its log is {}.",
                                last_words(), (home / "log").string()));
            std::this_thread::sleep_for(10ms);
        }
    }

    void make_database() const {
        const std::unique_ptr<PGconn, decltype(&PQfinish)> session{
            PQconnectdb(connection_text("postgres").c_str()), &PQfinish};
        const auto run = [&](const std::string& text) {
            return std::unique_ptr<PGresult, decltype(&PQclear)>{PQexec(session.get(), text.c_str()), &PQclear};
        };
        const std::string name{database_name};
        const auto known = run("select from pg_database where datname = '" + name + "'");
        if (PQresultStatus(known.get()) == PGRES_TUPLES_OK && PQntuples(known.get()) == 1) return;
        if (PQresultStatus(run("create database " + name).get()) != PGRES_COMMAND_OK)
            throw ClusterError(
                fmt::format("The private PostgreSQL server has no database for Outcry and would not make one: "
                            "{} Its log is {}.",
                            PQerrorMessage(session.get()), (home / "log").string()));
    }

    std::string connection_text(const std::string& database) const {
        return "host=" + quoted_value(home.string()) + " port=5432 user=outcry dbname=" + database;
    }

    /// The last line of the server's log that tells a cause.
    std::string last_words() const;

    const fs::path state;
    const StateLock lock;
    const fs::path home;
    const std::optional<Account> account;
    std::unique_ptr<Postmaster> postmaster;
};

Cluster::Cluster(ClusterOptions options) try : impl_(std::make_unique<Impl>(options)) {
} catch (const ClusterError&) {
    throw;
} catch (const std::exception& error) {
    throw ClusterError(
        fmt::format("The private PostgreSQL server in {} cannot be prepared: {}. Look at the rights of that "
                    "directory and at the space on its disk.",
                    options.state.string(), error.what()));
}

Cluster::~Cluster() = default;

std::string Cluster::dsn() const {
    return impl_->connection_text(database_name);
}
pid_t Cluster::process() const {
    return impl_->postmaster->id();
}
int Cluster::crashes() const {
    return impl_->postmaster->crashes();
}

std::string Cluster::Impl::last_words() const {
    std::ifstream log{home / "log"};
    std::string words = "it said nothing.", before;
    for (std::string line; std::getline(log, line); before = line)
        if (line.find("FATAL") != line.npos && line.find("the database system is") == line.npos)
            words = "\"" + line + "\", after \"" + before + "\".";
    return words;
}

}  // namespace outcry::storage
