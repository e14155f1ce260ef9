// tests/integration/quiet_console_test.cpp: maintenance and silences as operators announce and end them.
#include "tests/support/notification_desk.hpp"

#include <future>
#include <thread>

using namespace outcry;
using namespace outcry::tests;
using Catch::Matchers::Contains;

TEST_CASE("two windows of a service do not overlap: the other one is named with its times") {
    NotificationDesk house;
    const auto window = [](const std::string& from, const std::string& to,
                           const std::string& service = "mail") {
        return json{{"service", service}, {"starts", from}, {"ends", to}, {"title", "New disks"}}.dump();
    };
    CHECK(house.sent("maintenances", window("2026-01-22T20:00", "2026-01-22T22:00")) == "201");
    CHECK(house.sent("maintenances", window("2026-01-22T21:59", "2026-01-22T23:00")) == "422 /starts");
    CHECK(house.why("maintenances", window("2026-01-22T19:00", "2026-01-23T00:00")) ==
          "This overlaps with “New disks” by token tests, from 22 January 2026 20:00 to 22 January 2026 22:00. "
          "End "
          "that one first, or choose other times.");
    CHECK(house.sent("maintenances", window("2026-01-22T22:00", "2026-01-22T23:00")) == "201");
    CHECK(house.sent("maintenances", window("2026-01-22T20:00", "2026-01-22T22:00", "chat")) == "201");
    CHECK(house.sent("maintenances", window("2026-01-22T23:00", "2026-01-22T20:00")) == "422 /ends");
    CHECK(house.sent("maintenances", window("2026-01-20T20:00", "2026-01-20T22:00")) == "422 /ends");
    CHECK(house.sent("maintenances", window("soon", "2026-02-30T00:00")) == "422 /starts /ends");
    CHECK(house.sent("maintenances", "{}") == "422 /service /starts /ends /title");
    CHECK(house.sent("maintenances/1", "", Method::delete_) == "204");
    CHECK(house.sent("maintenances", window("2026-01-22T20:30", "2026-01-22T21:00")) == "201");
}

TEST_CASE("of two overlapping windows announced at the same moment one is refused as if it had come later") {
    NotificationDesk house;
    const auto announce = [&](const char* title) {
        http::Request request;
        request.method = Method::post;
        request.target = "/api/v1/admin/maintenances";
        request.headers = {{"host", "status.example.org"},
                           {"authorization", "Bearer " + house.token},
                           {"content-type", "application/json"}};
        request.body = json{
            {"service", "mail"},
            {"starts", "2026-01-22T20:00"},
            {"ends", "2026-01-22T22:00"},
            {"title",
             title}}.dump();
        return boost::asio::co_spawn(house.context, house.router->handle(std::move(request)),
                                     boost::asio::use_future);
    };
    // Nobody writes a window before both connections wait: for this lock, or for one another.
    auto gate = std::async(std::launch::async, [&] {
        return house.place.ask(R"(do $$ begin
            lock table maintenance in share row exclusive mode;
            for i in 1..1000 loop
                perform pg_sleep(0.01), pg_stat_clear_snapshot();
                exit when (select count(*) from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock') = 2;
            end loop;
        end $$; select 'open')");
    });
    while (house.count(
               "pg_locks where relation = 'maintenance'::regclass and mode = 'ShareRowExclusiveLock'") == "0")
        std::this_thread::yield();
    auto first = announce("New disks"), second = announce("New cables");
    house.context.restart();
    house.context.run();
    REQUIRE(gate.get() == "open");
    auto one = first.get(), other = second.get();
    if (one.status != 201) std::swap(one, other);
    CHECK(one.status == 201);
    REQUIRE(other.status == 422);
    const auto error = json::parse(*other.body)["errors"][0];
    CHECK(error["pointer"] == "/starts");
    CHECK_THAT(error["detail"].get<std::string>(),
               Contains("This overlaps with “" + json::parse(*one.body)["title"].get<std::string>() + "”"));
    CHECK(house.count("maintenance") == "1");
}

TEST_CASE("a silence has an end and a reason") {
    NotificationDesk house;
    CHECK(house.sent("silences", R"({"minutes":60})") == "422 /reason");
    CHECK(house.sent("silences", R"({"reason":"known"})") == "422 /ends");
    CHECK(house.sent("silences", R"({"reason":"known","ends":"2026-01-22T11:00"})") == "422 /ends");
    CHECK(house.sent("silences", R"({"reason":"known","minutes":0})") == "422 /minutes");
    CHECK(house.sent("silences", R"({"reason":"known","minutes":60,"service":"mail","group":"Office"})") ==
          "422 /group");
    CHECK(house.sent("silences", R"({"reason":"known","minutes":60,"group":"Office"})") == "201");
    CHECK(house.list("silences")[0]["ends"] == "2026-01-22T13:00:00Z");
    CHECK(house.sent("silences/1", "", Method::delete_) == "204");
    CHECK(house.sent("silences/1", "", Method::delete_) == "404");
    CHECK(house.list("silences").empty());
}
