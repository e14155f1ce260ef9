// server/live/secrets.hpp: what reporters are hashed with: the same on every node, and a new salt each UTC day.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "ingest/reporter.hpp"
#include "server/live/clock.hpp"
#include "server/storage/database.hpp"

namespace outcry::live {

/// Knows the salts of today and tomorrow, so that midnight needs no database.
class Secrets {
 public:
    Secrets(boost::asio::any_io_executor, storage::Database&, const Clock&);
    ~Secrets();

    /// Fetches them, making what is missing. Throws Unavailable.
    boost::asio::awaitable<void> load();
    /// From any thread, after load().
    ingest::ReporterSecrets current() const;

    /// Fetches the next day's salt in time, until stop().
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<void> stop();

 private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace outcry::live
