// server/official/poller.hpp: reads providers' status pages as they come due, and stores what is new.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "server/live/clock.hpp"
#include "server/outbound/client.hpp"
#include "server/storage/database.hpp"
#include "server/storage/statements.hpp"

namespace outcry::official {

inline constexpr std::chrono::seconds usual_pause{60}, longest_pause{3'600};
inline constexpr std::size_t most_read = 1 << 20;  // bytes of a page; incidents.json of a large one has 400 kB

/// The source after one reading of it at `now`; the statements read are put into `statements`. A page that
/// fails is asked half as often with each failure, at least once an hour. Blocks as the client does; never
/// throws for what the other side does.
storage::StatementSource read_source(const outbound::Client&, storage::StatementSource, Time now,
                                     std::vector<storage::Statement>& statements);

/// Every node runs one; each source is read by one of them at a time.
class Poller {
 public:
    Poller(boost::asio::any_io_executor, storage::Database&, const live::Clock&, outbound::Client);
    ~Poller();

    /// One look: reads at most four sources that are due. True when there may be more. Not beside run().
    boost::asio::awaitable<bool> look();
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<void> stop();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::official
