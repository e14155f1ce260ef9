// server/feeder/catalogue.cpp: one GET of /api/v1/services/{slug}.
#include "server/feeder/catalogue.hpp"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "server/feeder/response_head.hpp"

namespace outcry::feeder {
namespace {

namespace asio = boost::asio;

struct Answer {
    int status = 0;
    std::string body;
};

Answer get(const Target& target, const std::string& path) {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    socket.connect(endpoint_of(target));
    const auto request = fmt::format("GET {}{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
                                     target.base_path, path, target.authority());
    asio::write(socket, asio::buffer(request));
    std::string received;
    const auto size = asio::read_until(socket, asio::dynamic_buffer(received, 1 << 20), "\r\n\r\n");
    const auto head = parse_response_head(std::string_view(received).substr(0, size));
    if (!head || head->length > 1 << 20) throw std::runtime_error("its answer is not one of Outcry's");
    received.erase(0, size);
    if (received.size() < head->length) {
        asio::read(socket, asio::dynamic_buffer(received),
                   asio::transfer_exactly(head->length - received.size()));
    }
    return {head->status, std::move(received)};
}

std::runtime_error unanswered(const Target& target, const std::string& slug, const std::string& cause) {
    return std::runtime_error(fmt::format("http://{}{} cannot be asked about \"{}\": {}", target.authority(),
                                          target.base_path, slug, cause));
}

}  // namespace

std::optional<std::vector<std::string>> fetch_categories(const Target& target, const std::string& slug) try {
    const auto answer = get(target, "/api/v1/services/" + slug);
    if (answer.status == 404) return std::nullopt;
    if (answer.status != 200) throw std::runtime_error(fmt::format("it answered {}", answer.status));
    std::vector<std::string> keys;
    const auto service = nlohmann::json::parse(answer.body);
    for (const auto& category : service.at("problem_categories"))
        keys.push_back(category.at("key").get<std::string>());
    return keys;
} catch (const boost::system::system_error& error) {
    // Its own words name the source line; the code's are for people.
    throw unanswered(target, slug, error.code().message());
} catch (const std::exception& error) {
    throw unanswered(target, slug, error.what());
}

}  // namespace outcry::feeder
