// tests/support/loopback_server.hpp: a real listener on loopback that answers as a test wants, and counts who
// came.
#pragma once
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace outcry::tests {

class LoopbackServer {
 public:
    using Socket = boost::asio::ip::tcp::socket;
    /// On a thread of its own for each connection, after the head of the request was read; it may write
    /// anything or nothing. The connection is closed when it returns.
    using Answer = std::function<void(Socket&, const std::string& head)>;

    explicit LoopbackServer(Answer, const std::string& address = "127.0.0.1");
    ~LoopbackServer();

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    int connections() const { return connections_; }
    /// For answers that take their time: true once the test is over.
    bool ended() const { return ended_; }

 private:
    void serve();

    Answer answer_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<int> connections_{0};
    std::atomic<bool> ended_{false};
    std::vector<std::thread> threads_;
    std::thread listening_;
};

/// Writes all of it; an error (the other side hung up) is false.
bool write_all(LoopbackServer::Socket&, const std::string&);

}  // namespace outcry::tests
