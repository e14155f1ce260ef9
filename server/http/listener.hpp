// server/http/listener.hpp: accepts connections and gives each one a session coroutine.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/http/router.hpp"
#include "server/http/session_limits.hpp"

namespace outcry::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one
    /// Networks in CIDR notation whose X-Forwarded-For is believed, counted from the right.
    std::vector<std::string> trusted_proxies = {"127.0.0.0/8", "::1/128"};
    std::size_t max_connections = 12'000;
    SessionLimits limits;
};

/// One listening socket and its sessions.
class Server {
 public:
    /// Binds at once; throws std::system_error when the address is in use or not ours.
    Server(boost::asio::any_io_executor, ServerOptions, std::shared_ptr<const Router>);
    ~Server();
    std::uint16_t port() const;
    void start();
    /// Stops accepting, lets requests in flight finish (at most `grace`), ends streams; returns when no session
    /// is left.
    boost::asio::awaitable<void> stop(std::chrono::milliseconds grace);

 private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace outcry::http
