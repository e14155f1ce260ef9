// server/app/secrets.hpp: the keys that make a reporter a number: one of the installation, one a day that is
// forgotten.
#pragma once
#include <chrono>
#include <map>
#include <mutex>

#include "ingest/reporter.hpp"
#include "server/storage/database.hpp"

namespace outcry::app {

/// Safe from any thread. All nodes of one database see the same keys.
class Secrets {
 public:
    /// Loads the installation's key and the salts of the day of `now` and of the next.
    Secrets(storage::Database&, Time now);

    /// The keys for a report at `now`; of the newest day known when that of `now` could not be loaded yet.
    ingest::ReporterSecrets at(Time now) const;

    /// Loads what the next hours need and forgets salts older than two days; call it about hourly.
    boost::asio::awaitable<void> renew(Time now);

 private:
    using Key = std::array<std::uint8_t, 32>;
    using Salts = std::map<std::chrono::sys_days, Key>;
    static Salts load_salts(storage::Transaction&, Time now);

    storage::Database& database_;
    Key token_key_{};
    mutable std::mutex mutex_;
    Salts salts_;
};

}  // namespace outcry::app
