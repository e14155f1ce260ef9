// tests/integration/outbound_test.cpp: every known trick to lead a request inwards, against listeners that
// really are there; each has a control that shows the same request arriving where it is allowed.
#include <arpa/inet.h>
#include <resolv.h>

#include <boost/asio/ip/udp.hpp>
#include <catch2/catch.hpp>

#include "server/outbound/client.hpp"
#include "tests/support/loopback_server.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using outbound::Client;
using outbound::Trouble;
using tests::LoopbackServer;
using Socket = LoopbackServer::Socket;
namespace asio = boost::asio;
namespace ip = asio::ip;

namespace {

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

void say_ok(Socket& socket, const std::string&) {
    tests::write_all(socket, ok);
}

Client client(const std::vector<std::string>& allowed = {}, std::chrono::milliseconds patience = 10s,
              outbound::Resolve resolve = outbound::resolve_by_system) {
    return Client({.rules = outbound::AddressRules(allowed), .patience = patience}, std::move(resolve));
}

outbound::Post to(const std::string& host, std::uint16_t port, const std::string& scheme = "http") {
    return {.url = scheme + "://" + host + ":" + std::to_string(port) + "/hook", .headers = {}, .body = "{}"};
}

/// A DNS server on loopback that answers each question for an address with the next one of a list.
class NameServer {
 public:
    explicit NameServer(std::vector<std::string> answers)
        : answers_(std::move(answers)), socket_(context_, {ip::make_address("127.0.0.1"), 0}) {
        thread_ = std::thread([this] { serve(); });
    }
    ~NameServer() {
        ended_ = true;
        ip::udp::socket wake(context_, ip::udp::v4());
        wake.send_to(asio::buffer("x", 1), socket_.local_endpoint());
        thread_.join();
    }

    /// As the system resolves, with this as the one name server of the calling thread.
    outbound::Resolve resolver() {
        return [port = socket_.local_endpoint().port()](const std::string& host) {
            res_init();
            _res.nscount = 1;
            _res.nsaddr_list[0] = {};
            _res.nsaddr_list[0].sin_family = AF_INET;
            _res.nsaddr_list[0].sin_port = htons(port);
            inet_pton(AF_INET, "127.0.0.1", &_res.nsaddr_list[0].sin_addr);
            return outbound::resolve_by_system(host);
        };
    }
    int asked() const { return asked_; }

 private:
    void serve() {
        while (true) {
            std::array<unsigned char, 512> packet;
            ip::udp::endpoint from;
            const auto size = socket_.receive_from(asio::buffer(packet), from);
            if (ended_) return;
            std::string reply(packet.begin(), packet.begin() + static_cast<long>(size));
            // Only the question is repeated; what the resolver added after it is left out.
            std::size_t end = 12;
            while (reply[end] != 0) end += static_cast<unsigned char>(reply[end]) + 1u;
            const bool wants_v4 = reply[end + 2] == 1;
            reply.resize(end + 5);
            reply[2] = static_cast<char>(0x81), reply[3] = static_cast<char>(0x80);
            reply[7] = wants_v4 ? 1 : 0;
            reply[9] = reply[11] = 0;
            if (wants_v4) {
                const auto& next =
                    answers_[std::min<std::size_t>(static_cast<std::size_t>(asked_++), answers_.size() - 1)];
                const auto bytes = ip::make_address_v4(next).to_bytes();
                reply += std::string("\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04", 12);  // TTL 0
                reply.append(bytes.begin(), bytes.end());
            }
            socket_.send_to(asio::buffer(reply), from);
        }
    }

    std::vector<std::string> answers_;
    asio::io_context context_;
    ip::udp::socket socket_;
    std::atomic<int> asked_{0};
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

std::vector<std::string> names_of_loopback() {
    std::vector<std::string> names{"localhost"};
    for (const auto* name : {"ip6-localhost", "ip6-loopback", "localhost.localdomain", "x.localhost"}) try {
            outbound::resolve_by_system(name);
            names.emplace_back(name);
        } catch (const std::runtime_error&) {
            // this machine does not know the name
        }
    return names;
}

}  // namespace

TEST_CASE("no way of writing loopback reaches a listener there, with or without TLS") {
    LoopbackServer trap(say_ok);
    for (const auto* host : {"127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.0.0.1",
                             "0177.0.0.1", "017700000001", "0", "0.0.0.0", "[::ffff:127.0.0.1]",
                             "[::ffff:7f00:1]", "[::]", "127.0.0.2", "LOCALHOST"})
        for (const auto* scheme : {"http", "https"}) {
            CAPTURE(host, scheme);
            const auto outcome = client().post(to(host, trap.port(), scheme));
            CHECK((outcome.trouble == Trouble::address || outcome.trouble == Trouble::name));
            CHECK(outcome.status == 0);
        }
    CHECK(trap.connections() == 0);
    CHECK(client({"127.0.0.0/8"}).post(to("127.0.0.1", trap.port())).status == 200);
    CHECK(client({"127.0.0.0/8"}).post(to("2130706433", trap.port())).status == 200);
    CHECK(client({"127.0.0.0/8"}).post(to("[::ffff:127.0.0.1]", trap.port())).trouble != Trouble::address);
    CHECK(trap.connections() >= 2);
}

TEST_CASE("the same for IPv6's loopback") {
    LoopbackServer trap(say_ok, "::1");
    for (const auto* host : {"[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]"}) {
        const auto outcome = client().post(to(host, trap.port()));
        CHECK(outcome.trouble == Trouble::address);
        CHECK_THAT(outcome.detail, Catch::Contains("loopback"));
    }
    CHECK(trap.connections() == 0);
    CHECK(client({"::1"}).post(to("[::1]", trap.port())).status == 200);
}

TEST_CASE("private networks, metadata and ways round through IPv6 are refused before any connection") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"10.0.0.1", "private"},         {"172.16.5.5", "private"},      {"192.168.0.1", "private"},
        {"169.254.169.254", "metadata"}, {"0xa9fea9fe", "metadata"},     {"2852039166", "metadata"},
        {"100.64.0.1", "carrier NAT"},   {"[fd00:ec2::254]", "private"}, {"[fe80::1]", "link-local"},
        {"[64:ff9b::7f00:1]", "NAT64"},  {"[2002:7f00:1::]", "6to4"},    {"[::ffff:10.0.0.1]", "private"},
        {"224.0.0.251", "multicast"},    {"255.255.255.255", "reserved"}};
    for (const auto& [host, kind] : table) {
        CAPTURE(host);
        const auto outcome = client().post(to(host, 80, "https"));
        CHECK(outcome.trouble == Trouble::address);
        CHECK_THAT(outcome.detail, Catch::Contains(kind));
        CHECK(outcome.took < 1s);
    }
}

TEST_CASE("a name that resolves to loopback is refused, whatever the name") {
    LoopbackServer trap(say_ok), trap6(say_ok, "::1");
    for (const auto& name : names_of_loopback()) {
        CAPTURE(name);
        CHECK(client().post(to(name, trap.port())).trouble == Trouble::address);
        CHECK(client().post(to(name, trap6.port())).trouble == Trouble::address);
    }
    NameServer dns({"127.0.0.1"});
    const auto outcome = client({}, 10s, dns.resolver()).post(to("hooks.example.test", trap.port(), "https"));
    CHECK(outcome.trouble == Trouble::address);
    CHECK_THAT(outcome.detail, Catch::Contains("127.0.0.1"));
    CHECK(trap.connections() + trap6.connections() == 0);
    CHECK(client({"127.0.0.0/8", "::1"}).post(to("localhost", trap.port())).status == 200);
}

TEST_CASE("DNS rebinding: the connection goes to the address that was checked, not to the next answer") {
    LoopbackServer good(say_ok, "127.0.0.2");
    LoopbackServer trap(say_ok, "127.0.0.1");
    NameServer dns({"127.0.0.2", "127.0.0.1"});  // the first answer is allowed, every later one is not
    const auto rebound = client({"127.0.0.2"}, 10s, dns.resolver());
    const auto first = rebound.post(to("rebind.example.test", good.port()));
    CHECK(first.status == 200);
    CHECK(good.connections() == 1);
    CHECK(dns.asked() == 1);
    CHECK(rebound.post(to("rebind.example.test", trap.port())).trouble == Trouble::address);
    CHECK(dns.asked() == 2);
    CHECK(trap.connections() == 0);
}

TEST_CASE("one bad address among good ones is enough to refuse the name") {
    LoopbackServer good(say_ok, "127.0.0.2");
    const auto mixed = [](const std::string&) {
        return std::vector{ip::make_address("127.0.0.2"), ip::make_address("127.0.0.1")};
    };
    CHECK(client({"127.0.0.2"}, 10s, mixed).post(to("mixed.example.test", good.port())).trouble ==
          Trouble::address);
    CHECK(good.connections() == 0);
}

TEST_CASE("a redirect is a failure, inwards or in a circle, and is not followed") {
    LoopbackServer trap(say_ok, "127.0.0.1");
    for (const auto* status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"}) {
        LoopbackServer pointer(
            [&](Socket& socket, const std::string&) {
                tests::write_all(socket, "HTTP/1.1 " + std::string(status) + "\r\nLocation: http://127.0.0.1:" +
                                             std::to_string(trap.port()) + "/\r\nContent-Length: 0\r\n\r\n");
            },
            "127.0.0.2");
        const auto outcome = client({"127.0.0.0/8"}).post(to("127.0.0.2", pointer.port()));
        CHECK(outcome.trouble == Trouble::redirect);
        CHECK(pointer.connections() == 1);
    }
    CHECK(trap.connections() == 0);
    std::uint16_t own = 0;
    LoopbackServer circle([&](Socket& socket, const std::string&) {
        tests::write_all(socket, "HTTP/1.1 307 Again\r\nLocation: http://127.0.0.1:" + std::to_string(own) +
                                     "/\r\nContent-Length: 0\r\n\r\n");
    });
    own = circle.port();
    CHECK(client({"127.0.0.0/8"}).post(to("127.0.0.1", own)).trouble == Trouble::redirect);
    CHECK(circle.connections() == 1);
}

TEST_CASE("of ten gigabytes 64 kB are read") {
    std::atomic<std::size_t> sent{0};
    LoopbackServer endless([&](Socket& socket, const std::string&) {
        tests::write_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n");
        const std::string block(65'536, 'x');
        while (sent < 10'737'418'240 && tests::write_all(socket, block)) sent += block.size();
    });
    const auto outcome = client({"127.0.0.0/8"}).post(to("127.0.0.1", endless.port()));
    CHECK(outcome.status == 200);
    CHECK(outcome.answer.size() == Client::most_read);
    CHECK(outcome.cut);
    CHECK(outcome.trouble == Trouble::none);
    CHECK(outcome.took < 2s);
    CHECK(sent < 64'000'000);
}

TEST_CASE("headers without end, and answers that are no HTTP, are hung up on") {
    LoopbackServer headers([](Socket& socket, const std::string&) {
        tests::write_all(socket, "HTTP/1.1 200 OK\r\n");
        while (tests::write_all(socket, "X-More: " + std::string(1000, 'x') + "\r\n")) {
        }
    });
    CHECK(client({"127.0.0.0/8"}).post(to("127.0.0.1", headers.port())).trouble == Trouble::protocol);
    LoopbackServer other(
        [](Socket& socket, const std::string&) { tests::write_all(socket, "220 mail ESMTP\r\n"); });
    CHECK(client({"127.0.0.0/8"}).post(to("127.0.0.1", other.port())).trouble != Trouble::none);
}

TEST_CASE("who says nothing, or one byte now and then, is given up on in time") {
    LoopbackServer* hanging_server = nullptr;
    LoopbackServer hanging([&](Socket&, const std::string&) {
        while (!hanging_server->ended()) std::this_thread::sleep_for(5ms);
    });
    hanging_server = &hanging;
    LoopbackServer drip([](Socket& socket, const std::string&) {
        tests::write_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while (tests::write_all(socket, "x")) std::this_thread::sleep_for(10ms);
    });
    for (const auto port : {hanging.port(), drip.port()}) {
        const auto began = std::chrono::steady_clock::now();
        const auto outcome = client({"127.0.0.0/8"}, 300ms).post(to("127.0.0.1", port));
        const auto took = std::chrono::steady_clock::now() - began;
        CHECK(outcome.trouble == Trouble::timeout);
        CHECK(took >= 290ms);
        CHECK(took < 2s);
    }
    CHECK(outbound::ClientOptions{}.patience == 10s);
}

TEST_CASE("a proxy that the environment names is not asked") {
    LoopbackServer proxy(say_ok, "127.0.0.2"), good(say_ok);
    const auto address = "http://127.0.0.2:" + std::to_string(proxy.port());
    for (const auto* name : {"http_proxy", "https_proxy", "ALL_PROXY"}) setenv(name, address.c_str(), 1);
    CHECK(client({"127.0.0.0/8"}).post(to("127.0.0.1", good.port())).status == 200);
    for (const auto* name : {"http_proxy", "https_proxy", "ALL_PROXY"}) unsetenv(name);
    CHECK(proxy.connections() == 0);
    CHECK(good.connections() == 1);
}

TEST_CASE("http without TLS goes nowhere but into a network that the settings name") {
    const auto public_address = [](const std::string&) { return std::vector{ip::make_address("8.8.8.8")}; };
    const auto outcome = client({"127.0.0.0/8"}, 10s, public_address).post(to("hooks.example.test", 80));
    CHECK(outcome.trouble == Trouble::address);
    CHECK_THAT(outcome.detail, Catch::Contains("https"));
}

TEST_CASE("an https address is spoken to with TLS, and a listener without it is told nothing") {
    std::string heard;
    LoopbackServer plain([&](Socket&, const std::string& head) { heard = head; });
    auto post = to("127.0.0.1", plain.port(), "https");
    post.body = "a secret";
    const auto outcome = client({"127.0.0.0/8"}, 500ms).post(post);
    CHECK((outcome.trouble == Trouble::tls || outcome.trouble == Trouble::timeout));
    CHECK(heard.find("secret") == std::string::npos);
}
