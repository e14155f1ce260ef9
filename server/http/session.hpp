// server/http/session.hpp: one connection from its first byte to its last; a coroutine whose frame owns the
// socket.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>

#include "server/http/body_budget.hpp"
#include "server/http/client_address.hpp"
#include "server/http/router.hpp"
#include "server/http/session_limits.hpp"
#include "server/http/session_registry.hpp"

namespace outcry::http {

/// What all sessions of a listener share; outlives them.
struct SessionContext {
    std::shared_ptr<const Router> router;
    TrustedProxies trusted;
    SessionLimits limits;
    BodyBudget large_bodies{limits.large_bodies_bytes};
    SessionRegistry registry{};
};

/// Runs on the socket's own strand. `stop` ends a stream when it is emitted there. Never throws.
boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket, std::shared_ptr<SessionContext>,
                                   std::shared_ptr<boost::asio::cancellation_signal> stop);

}  // namespace outcry::http
