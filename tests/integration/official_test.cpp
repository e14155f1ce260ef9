// tests/integration/official_test.cpp: status pages on loopback, read and stored as in real life.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "server/official/poller.hpp"
#include "tests/support/await.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using tests::LoopbackServer;

namespace {

const Time evening = std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 20h + 30min;

std::string summary() {
    std::ifstream file(OUTCRY_SOURCE_DIR "/tests/fixtures/status_pages/summary.json");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string answer(const std::string& body, const std::string& head = "200 OK\r\nETag: \"v1\"") {
    return "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A service whose statements stand at `server`, and a poller that may go to loopback.
struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{evening, 0};
    official::Poller poller{
        context.get_executor(), database, clock,
        outbound::Client({.rules = outbound::AddressRules({"127.0.0.0/8"}), .patience = 2s})};

    explicit House(std::uint16_t port) {
        database.run([&](storage::Transaction& tx) {
            storage::Service mail, part;
            mail.slug = mail.name = "mail";
            storage::put_service(tx, mail, evening - 24h);
            part.slug = part.name = "part";
            part.parent = 1;
            storage::put_service(tx, part, evening - 24h);
            storage::put_statement_source(tx, 1, "http://127.0.0.1:" + std::to_string(port) + "/api", evening);
        });
    }

    storage::StatementSource look(std::chrono::seconds later = 0s) {
        clock = live::Clock{clock.now() + later, 0};
        tests::await(context, poller.look());
        return *database.run([](storage::Transaction& tx) { return storage::load_statement_source(tx, 1); });
    }
    std::vector<storage::Statement> said(storage::ServiceId service = 1) {
        return database.run([&](storage::Transaction& tx) {
            return storage::load_statements(tx, service, evening - 24h, evening + 24h);
        });
    }
};

}  // namespace

TEST_CASE("what a provider says is stored once, and asked for again only when it has changed") {
    std::string last_head;
    LoopbackServer server([&](auto& socket, const std::string& head) {
        last_head = head;
        const bool known = head.find("If-None-Match: \"v1\"") != std::string::npos;
        tests::write_all(socket, known ? "HTTP/1.1 304 Not Modified\r\n\r\n" : answer(summary()));
    });
    House house(server.port());
    const auto first = house.look();
    CHECK(first.trouble.empty());
    CHECK(first.answered == evening);
    CHECK(first.next_poll == evening + official::usual_pause);
    CHECK(house.said().size() == 2);
    CHECK(house.said(2) == house.said());  // a part without a page of its own has its parent's

    house.look(30s);
    CHECK(server.connections() == 1);  // not due
    const auto second = house.look(30s);
    CHECK(server.connections() == 2);
    CHECK(last_head.find("If-None-Match") != std::string::npos);
    CHECK(second.answered == evening + 60s);
    CHECK(second.etag == "\"v1\"");
    CHECK(house.said().size() == 2);
}

TEST_CASE("a page that fails is asked ever less often, and says why") {
    std::string reply = answer("<!doctype html><html></html>");
    LoopbackServer server([&](auto& socket, const std::string&) { tests::write_all(socket, reply); });
    House house(server.port());
    auto source = house.look();
    CHECK_THAT(source.trouble, Catch::Contains("the address of its feed"));
    CHECK(source.next_poll == evening + 2min);

    reply = answer("gone", "404 Not Found");
    source = house.look(2min);
    CHECK(source.trouble == "the answer was 404");
    CHECK(source.failures == 2);
    CHECK(source.next_poll == house.clock.now() + 4min);

    reply = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
    CHECK_THAT(house.look(4min).trouble, Catch::Contains("points elsewhere"));
    for (int i = 0; i < 8; ++i) source = house.look(1h);
    CHECK(source.next_poll == house.clock.now() + official::longest_pause);

    reply = answer(summary());
    source = house.look(1h);
    CHECK(source.trouble.empty());
    CHECK(source.failures == 0);
    CHECK(house.said().size() == 2);
}

TEST_CASE("a page without end is cut off") {
    LoopbackServer* self = nullptr;
    LoopbackServer server([&](auto& socket, const std::string&) {
        tests::write_all(socket, "HTTP/1.1 200 OK\r\n\r\n{\"incidents\":[");
        while (!self->ended() && tests::write_all(socket, std::string(65'536, ' '))) {
        }
    });
    self = &server;
    House house(server.port());
    CHECK_THAT(house.look().trouble, Catch::Contains("longer than 1 MB"));
}

TEST_CASE("another address begins anew, an empty one ends the reading") {
    LoopbackServer server(
        [&](auto& socket, const std::string&) { tests::write_all(socket, answer(summary())); });
    House house(server.port());
    house.look();
    const auto put = [&](const std::string& address) {
        house.database.run([&](storage::Transaction& tx) {
            storage::put_statement_source(tx, 1, address, house.clock.now());
        });
    };
    put("http://127.0.0.1:" + std::to_string(server.port()) + "/other");
    CHECK(house.look().etag == "\"v1\"");
    CHECK(server.connections() == 2);
    put("");
    tests::await(house.context, house.poller.look());
    CHECK(server.connections() == 2);
}
