// tests/unit/http/raw_client.hpp: sends bytes as they are and reads answers, so that nothing polite stands in
// between.
#pragma once
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

/// Every wait ends after ten seconds with an exception: a server that hangs fails the test.
class RawClient {
 public:
    struct Answer {
        int status = 0;
        std::string head, body;
    };

    explicit RawClient(std::uint16_t port) : socket_(io_) {
        const timeval most{10, 0};
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    }

    /// A server that has refused may close before everything is written; that is its right.
    void send(std::string_view bytes) {
        boost::system::error_code ignored;
        boost::asio::write(socket_, boost::asio::buffer(bytes), ignored);
    }
    void finish_sending() {
        boost::system::error_code ignored;
        socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    }

    std::string receive_head() {
        while (buffer_.find("\r\n\r\n") == std::string::npos) receive_more();
        return take(buffer_.find("\r\n\r\n") + 4);
    }
    std::string receive_bytes(std::size_t count) {
        while (buffer_.size() < count) receive_more();
        return take(count);
    }
    Answer receive() {
        Answer answer;
        answer.head = receive_head();
        answer.status = std::stoi(answer.head.substr(9, 3));
        const auto length = answer.head.find("content-length: ");
        if (length != std::string::npos)
            answer.body = receive_bytes(std::stoul(answer.head.substr(length + 16)));
        return answer;
    }
    /// Whether the server ends the connection without sending anything more.
    bool is_closed() {
        try {
            receive_more();
        } catch (const Closed&) {
            return buffer_.empty();
        }
        return false;
    }

    struct Closed : std::runtime_error {
        using std::runtime_error::runtime_error;
    };

 private:
    void receive_more() {
        char bytes[16 * 1024];
        const auto count = ::recv(socket_.native_handle(), bytes, sizeof bytes, 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("no answer within 10 s");
        if (count <= 0) throw Closed("the server closed the connection");
        buffer_.append(bytes, static_cast<std::size_t>(count));
    }
    std::string take(std::size_t count) {
        auto taken = buffer_.substr(0, count);
        buffer_.erase(0, count);
        return taken;
    }

    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_;
    std::string buffer_;
};
