// server/live/pulse.hpp: owner of the Board: reads what was counted, judges it, records and publishes what
// changed.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>

#include "analytics/board.hpp"
#include "server/live/catalogue.hpp"
#include "server/live/clock.hpp"
#include "server/live/event_hub.hpp"
#include "server/storage/database.hpp"

namespace outcry::live {

struct PulseOptions {
    std::chrono::milliseconds every{250};  // real time between looks
    std::chrono::hours save_every{1};      // of the clock; how often learned state is saved
};

/// Every node runs one: all boards are alike, and what several of them record is recorded once.
class Pulse {
 public:
    Pulse(boost::asio::any_io_executor, storage::Database&, EventHub&, const Clock&, PulseOptions = {});
    ~Pulse();

    /// Loads the catalogue, learned state and bins; afterwards the board stands as if it had never stopped.
    boost::asio::awaitable<void> load();
    /// One look: reads, judges, records, publishes. Throws when the database does not answer; nothing is lost
    /// by that. Not beside run().
    boost::asio::awaitable<void> look();
    /// Looks until stop(). While the database is away the board stands still and is read as before.
    boost::asio::awaitable<void> run();
    /// Returns when run() has, with everything learned saved.
    boost::asio::awaitable<void> stop();

    /// Looks now instead of within a quarter of a second, and returns when everyone reads here what was
    /// committed before the call; after two seconds at the latest, and at once when run() is not running.
    boost::asio::awaitable<void> catch_up() const;

    /// From any thread; never null.
    std::shared_ptr<const Catalogue> catalogue() const;
    /// Rises whenever a page could look different.
    std::uint64_t version() const;
    /// True once load() is done.
    bool ready() const;

    /// `look(const Board&)` on the strand that owns the board; keep it short.
    template <class Look>
    auto read(Look look) const -> boost::asio::awaitable<std::invoke_result_t<Look&, const analytics::Board&>> {
        const auto back = co_await boost::asio::this_coro::executor;
        // Bound to the strand, this resumes us there; a plain use_awaitable would come straight back.
        co_await boost::asio::dispatch(boost::asio::bind_executor(strand(), boost::asio::use_awaitable));
        std::optional<std::invoke_result_t<Look&, const analytics::Board&>> seen;
        std::exception_ptr error;
        try {
            seen.emplace(look(board()));
        } catch (...) {
            error = std::current_exception();
        }
        co_await boost::asio::post(back, boost::asio::use_awaitable);
        if (error) std::rethrow_exception(error);
        co_return std::move(*seen);
    }

 private:
    const analytics::Board& board() const;
    const boost::asio::strand<boost::asio::any_io_executor>& strand() const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::live
