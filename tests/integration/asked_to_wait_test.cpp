// tests/integration/asked_to_wait_test.cpp: a receiver that answers 429 or 503 is left alone for as long as it
// asks; time is stepped.
#include <catch2/catch.hpp>

#include "tests/support/office.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using tests::noon, tests::Office;

namespace {

/// Answers the first so many requests so, then 204.
struct Busy {
    std::string answer;
    int times = 1;
    std::atomic<int> asked{0};
    tests::LoopbackServer server{[this](auto& socket, const std::string&) {
        const bool busy = asked++ < times;
        tests::write_all(socket, busy ? answer : "HTTP/1.1 204 No Content\r\n\r\n");
    }};
    std::string address(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server.port()) + path;
    }
};

std::string busy_with(const std::string& status, const std::string& headers) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n";
}

storage::DeliveryRecord first_of(Office& office) {
    return office.database.run(
        [&](storage::Transaction& tx) { return storage::load_deliveries(tx, {.id = 1, .limit = 1}).at(0); });
}

}  // namespace

TEST_CASE("whatever kind of target asks to be left alone is, with all that waits for it") {
    Office office;
    const auto* kind = GENERATE("webhook", "slack", "pagerduty");
    const auto* status = GENERATE("429 Too Many Requests", "503 Service Unavailable");
    CAPTURE(kind, status);
    Busy busy{.answer = busy_with(status, "Retry-After: 600\r\n")};
    const auto key = std::string(kind) == "pagerduty" ? std::string(32, 'R') : tests::secret;
    office.add_route(office.route_to(office.add_target(kind, busy.address("/"), key)));
    office.hook();  // another target is told as ever
    office.record("opened", 1);
    office.step();
    CHECK(busy.asked == 1);
    office.record("opened", 2);
    office.steps(9, 1min);
    office.step(59s);
    CHECK(busy.asked == 1);
    CHECK(office.types().size() == 2);
    const auto waiting = first_of(office);
    CHECK(waiting.asked_until >= noon + 10min);
    CHECK(storage::asked_until(waiting) == waiting.asked_until);
    CHECK(waiting.due >= noon + 10min);
    CHECK(office.ask("select detail from delivery_attempt where status <> 204") ==
          "it wants to be left alone (Retry-After: 600)");
    office.step(2s);
    office.step(1s);
    CHECK(busy.asked == 3);
    CHECK(office.ask("select count(*) from delivery where state = 'delivered'") == "4");
    CHECK_FALSE(first_of(office).asked_until);
}

TEST_CASE("our own schedule is never shortened, and never longer than a day by what is asked") {
    Office office;
    SECTION("it asks for less than the schedule has") {
        Busy busy{.answer = busy_with("429 Too Many Requests", "Retry-After: 1\r\n"), .times = 2};
        office.add_route(office.route_to(office.add_target("slack", busy.address("/services/x"))));
        office.record("opened");
        office.step();
        office.step(2s);
        CHECK(busy.asked == 1);
        CHECK_FALSE(storage::asked_until(first_of(office)));
        office.step(4s);
        CHECK(busy.asked == 2);
        office.step(4min);
        CHECK(busy.asked == 2);
        office.step(61s);
        CHECK(busy.asked == 3);
    }
    SECTION("it asks for a year, by a clock that is wrong by one") {
        Busy busy{.answer = busy_with(
                      "503 Service Unavailable",
                      "Date: Wed, 22 Jan 2025 12:00:00 GMT\r\nRetry-After: Thu, 22 Jan 2026 12:00:00 GMT\r\n")};
        office.add_route(office.route_to(office.add_target("slack", busy.address("/services/x"))));
        office.record("opened");
        office.step();
        office.step(24h - 1s);
        CHECK(busy.asked == 1);
        office.step(2s);
        CHECK(busy.asked == 2);
    }
    SECTION("other answers ask for nothing") {
        Busy busy{.answer = busy_with("500 Oops", "Retry-After: 600\r\n")};
        office.add_route(office.route_to(office.add_target("slack", busy.address("/services/x"))));
        office.record("opened");
        office.step();
        office.step(6s);
        CHECK(busy.asked == 2);
    }
}

TEST_CASE("on a clock that runs faster a receiver is left alone for as long by its own") {
    Office office;
    Busy busy{.answer = busy_with("429 Too Many Requests", "Retry-After: 60\r\n")};
    office.add_route(office.route_to(office.add_target("slack", busy.address("/services/x"))));
    office.record("opened");
    office.clock = live::Clock{noon, 1000};
    tests::await(office.context, office.notifier->look());
    CHECK(first_of(office).asked_until >= noon + 60'000s);
}

TEST_CASE("another address has asked for nothing") {
    Office office;
    Busy busy{.answer = busy_with("429 Too Many Requests", "Retry-After: 600\r\n")};
    const auto target = office.add_target("slack", busy.address("/services/x"));
    office.add_route(office.route_to(target));
    office.record("opened");
    office.step();
    const auto move = [&](const std::string& to) {
        office.database.run([&](storage::Transaction& tx) {
            auto known = storage::load_target(tx, target).value();
            known.address = to;
            CHECK(storage::edit_target(tx, known));
        });
    };
    move(busy.address("/services/x"));
    CHECK(first_of(office).asked_until);
    move(busy.address("/services/y"));
    CHECK_FALSE(first_of(office).asked_until);
}
