// server/storage/connection.hpp: one session with PostgreSQL and what it has been told so far; internal to
// storage.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/storage/database.hpp"

namespace outcry::storage {

/// Used by one thread at a time.
class Connection {
 public:
    /// Connects. Throws Unavailable.
    explicit Connection(const std::string& connection_string);

    /// One transaction round `task`. Throws Unavailable when the session is lost or the commit is not known to
    /// be durable; after any exception the connection is of no further use.
    void transact(const std::function<void(Transaction&)>& task);

    /// The name under which `query` is prepared here; `query` is one of outcry::sql.
    const std::string& prepared(std::string_view query);

 private:
    /// Hears the server's warnings; one of them means that a commit reached no standby.
    class Warnings : public pqxx::errorhandler {
     public:
        explicit Warnings(pqxx::connection& session) : pqxx::errorhandler(session) {}
        bool operator()(const char text[]) noexcept override;
        bool standby_missed = false;
    };

    pqxx::connection session_;
    Warnings warnings_{session_};
    std::unordered_map<const char*, std::string> prepared_;
};

}  // namespace outcry::storage
