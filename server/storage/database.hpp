// server/storage/database.hpp: connections and transactions; libpqxx blocks, so it runs in a pool of threads.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "analytics/time.hpp"

namespace outcry::storage {

/// PostgreSQL cannot be reached, is too busy, or went away before it answered; whether a commit took place is
/// unknown.
struct Unavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One open transaction. Only the files of storage/ know that it is libpqxx's.
class Transaction;

struct DatabaseOptions {
    std::string dsn = {};   // libpq connection string
    std::string role = {};  // SET ROLE after connecting; empty: none
    std::string application_name = "outcry";
    std::size_t connections = 4;
    std::size_t waiting = 4096;  // most transactions that wait for a connection; above it: Unavailable
    std::chrono::milliseconds statement_timeout{15'000};
    std::chrono::milliseconds connect_timeout{2'000};
};

/// Destroy it before the io_context whose coroutines wait for it.
class Database {
 public:
    explicit Database(DatabaseOptions);
    ~Database();
    Database(const Database&) = delete;

    /// Runs `work(Transaction&)` in one transaction on a pool thread and commits it. Throws Unavailable when
    /// the connection is lost (once; the caller knows whether the same work may be tried again).
    template <class Work>
    auto transact(Work work) -> boost::asio::awaitable<std::invoke_result_t<Work&, Transaction&>>;

    /// The same, tried again for up to 10 s while the database cannot be reached: for work that only reads.
    template <class Work>
    auto read(Work work) -> boost::asio::awaitable<std::invoke_result_t<Work&, Transaction&>>;

    /// The same, and this thread waits for it: for commands and tests.
    template <class Work>
    auto run(Work work) -> std::invoke_result_t<Work&, Transaction&>;

    /// Waits up to `timeout` for an answer to a first query; throws Unavailable with the cause.
    void wait_until_ready(std::chrono::milliseconds timeout);

 private:
    using Task = std::function<void(Transaction&)>;
    void run_now(const Task&);
    boost::asio::awaitable<void> run_async(const Task&);
    boost::asio::awaitable<void> run_async_riding_out(const Task&);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

namespace detail {
template <class R>
struct Slot {
    std::optional<R> value;
    template <class W>
    void fill(W& work, Transaction& tx) {
        value.emplace(work(tx));
    }
    R take() { return std::move(*value); }
};
template <>
struct Slot<void> {
    template <class W>
    void fill(W& work, Transaction& tx) {
        work(tx);
    }
    void take() {}
};
}  // namespace detail

/// The database server's own time; the program's clock starts from it.
Time database_time(Transaction&);

template <class Work>
auto Database::transact(Work work) -> boost::asio::awaitable<std::invoke_result_t<Work&, Transaction&>> {
    detail::Slot<std::invoke_result_t<Work&, Transaction&>> slot;
    const Task task = [&](Transaction& tx) { slot.fill(work, tx); };
    co_await run_async(task);
    co_return slot.take();
}

template <class Work>
auto Database::read(Work work) -> boost::asio::awaitable<std::invoke_result_t<Work&, Transaction&>> {
    detail::Slot<std::invoke_result_t<Work&, Transaction&>> slot;
    const Task task = [&](Transaction& tx) { slot.fill(work, tx); };
    co_await run_async_riding_out(task);
    co_return slot.take();
}

template <class Work>
auto Database::run(Work work) -> std::invoke_result_t<Work&, Transaction&> {
    detail::Slot<std::invoke_result_t<Work&, Transaction&>> slot;
    run_now([&](Transaction& tx) { slot.fill(work, tx); });
    return slot.take();
}

}  // namespace outcry::storage
