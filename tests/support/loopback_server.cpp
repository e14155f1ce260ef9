// tests/support/loopback_server.cpp: blocking sockets, one thread each.
#include "tests/support/loopback_server.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace outcry::tests {

namespace asio = boost::asio;

LoopbackServer::LoopbackServer(Answer answer, const std::string& address)
    : answer_(std::move(answer)), acceptor_(context_, {asio::ip::make_address(address), 0}) {
    listening_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
    ended_ = true;
    boost::system::error_code ignored;
    Socket wake(context_);  // accept() returns for it, sees that all is over
    wake.connect(acceptor_.local_endpoint(), ignored);
    listening_.join();
    for (auto& thread : threads_) thread.join();
}

void LoopbackServer::serve() {
    while (true) {
        Socket socket(context_);
        boost::system::error_code problem;
        acceptor_.accept(socket, problem);
        if (ended_ || problem) return;
        ++connections_;
        threads_.emplace_back([this, socket = std::move(socket)]() mutable {
            std::string head;
            boost::system::error_code hung_up;
            asio::read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n", hung_up);
            answer_(socket, head);
            socket.shutdown(Socket::shutdown_both, hung_up);
        });
    }
}

bool write_all(LoopbackServer::Socket& socket, const std::string& bytes) {
    boost::system::error_code problem;
    asio::write(socket, asio::buffer(bytes), problem);
    return !problem;
}

}  // namespace outcry::tests
