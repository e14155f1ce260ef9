// server/live/pulse.hpp: owner of the Board: reads what was counted, judges it, records and publishes what changed.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "analytics/board.hpp"
#include "server/live/clock.hpp"
#include "server/live/event_hub.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::live {

/// The catalogue as everyone reads it: immutable, replaced as a whole when it changes.
struct Catalogue {
    std::int64_t version = 0;
    std::vector<storage::Service> services;  // ordered by name
    std::unordered_map<std::string, std::size_t> by_slug;
    std::unordered_map<storage::ServiceId, std::size_t> by_id;

    const storage::Service* find(std::string_view slug) const;
    const storage::Service* find(storage::ServiceId) const;
};

struct PulseOptions {
    std::chrono::milliseconds every{250};  // real time between looks
    std::chrono::hours save_every{1};      // of the clock; how often learned state is saved
};

class Pulse {
  public:
    Pulse(boost::asio::any_io_executor, storage::Database&, EventHub&, const Clock&, PulseOptions = {});
    ~Pulse();

    /// Loads the catalogue, learned state and bins; afterwards the board stands as if it had never stopped.
    boost::asio::awaitable<void> load();
    /// Looks, judges, records, publishes until stop().
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<void> stop();  // saves learned state

    std::shared_ptr<const Catalogue> catalogue() const;
    /// Rises whenever a page could look different.
    std::uint64_t version() const;
    bool ready() const;

    /// `look(const Board&)` on the strand that owns the board; keep it short.
    template <class Look>
    auto read(Look look) const -> boost::asio::awaitable<std::invoke_result_t<Look&, const analytics::Board&>> {
        const auto back = co_await boost::asio::this_coro::executor;
        co_await boost::asio::post(strand_, boost::asio::use_awaitable);
        auto seen = look(board());
        co_await boost::asio::post(back, boost::asio::use_awaitable);
        co_return seen;
    }

  private:
    const analytics::Board& board() const;
    boost::asio::strand<boost::asio::any_io_executor> strand_;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::live
