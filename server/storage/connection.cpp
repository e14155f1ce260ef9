// server/storage/connection.cpp: which of the server's refusals mean "try again" and which mean "this is
// wrong".
#include "server/storage/connection.hpp"

#include <spdlog/spdlog.h>

#include <cstring>

#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

/// Lost, shutting down, still starting, full, too slow, or a standby: none of it is the statement's fault.
bool means_unavailable(const std::string& sqlstate) {
    const auto is = [&](std::string_view prefix) { return sqlstate.compare(0, prefix.size(), prefix) == 0; };
    return sqlstate.empty() || is("08") || is("53") || is("57P0") || is("57014") || is("58") || is("25006");
}

pqxx::connection connect(const std::string& connection_string) try {
    return pqxx::connection{connection_string};
} catch (const pqxx::failure& error) {
    throw Unavailable(one_line(error.what()));
}

}  // namespace

Connection::Connection(const std::string& connection_string) : session_(connect(connection_string)) {}

void Connection::transact(const std::function<void(Transaction&)>& task) {
    try {
        Transaction transaction{*this, session_};
        task(transaction);
        warnings_.standby_missed = false;
        transaction.commit();
        if (warnings_.standby_missed) throw Unavailable("the commit was cancelled before a standby had it");
    } catch (const pqxx::in_doubt_error& error) {
        throw Unavailable(one_line(error.what()));
    } catch (const pqxx::broken_connection& error) {
        throw Unavailable(one_line(error.what()));
    } catch (const pqxx::sql_error& error) {
        if (means_unavailable(error.sqlstate()) || !session_.is_open())
            throw Unavailable(one_line(error.what()));
        throw;
    } catch (const pqxx::failure& error) {
        if (!session_.is_open()) throw Unavailable(one_line(error.what()));
        throw;
    }
}

const std::string& Connection::prepared(std::string_view query) {
    const auto [known, fresh] = prepared_.try_emplace(query.data());
    if (fresh) {
        known->second = "q" + std::to_string(prepared_.size());
        session_.prepare(known->second, std::string{query});
    }
    return known->second;
}

bool Connection::Warnings::operator()(const char text[]) noexcept {
    if (std::strstr(text, "synchronous replication")) standby_missed = true;
    try {
        spdlog::debug("postgresql: {}", one_line(text));
    } catch (...) {  // a log line is not worth a crash
    }
    return false;
}

}  // namespace outcry::storage
