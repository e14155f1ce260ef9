// server/notify/notifier.hpp: tells those who want to know, again and again until they have heard, without
// anyone else waiting for it.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "server/live/clock.hpp"
#include "server/notify/ledger.hpp"

namespace outcry::notify {

struct NotifierOptions {
    std::int32_t node = 0;
    Addresses addresses{};
    int at_once = 32;                      // requests under way, each on a thread; at most one for each target
    std::chrono::milliseconds every{500};  // real time between looks
    std::chrono::milliseconds between{100};   // real time between two looks when more may be due: 10 a second
                                              // is the most that one target gets
    std::chrono::milliseconds lease{60'000};  // real time after which another node may take over
    outbound::ClientOptions outbound{};
    std::optional<outbound::MailServer> mail{};
    outbound::Resolve resolve = outbound::resolve_by_system;
};

/// Every node may run one. Needs a database of its own: nothing that counts or serves waits for it.
class Notifier {
 public:
    Notifier(boost::asio::any_io_executor, storage::Database&, const live::Clock&, Ledger::Services, Phrase,
             NotifierOptions);
    ~Notifier();

    /// One look: spreads news, watches what time brings, begins to send what is due. Not beside run(). Throws
    /// when the database does not answer; nothing is lost by that.
    boost::asio::awaitable<void> look();
    /// Looks until stop().
    boost::asio::awaitable<void> run();
    /// Hangs up on who is slow (they are told again at the next start), and returns when nothing is under way.
    boost::asio::awaitable<void> stop();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::notify
