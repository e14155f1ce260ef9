// tests/integration/notification_lines_test.cpp: which incidents a target hears of: lines, added and changed.
#include "tests/support/notification_desk.hpp"

using namespace outcry;
using namespace outcry::tests;
using Catch::Matchers::Contains;

TEST_CASE("what a target hears of is checked field by field") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    CHECK(house.sent("routes", "{}") == "422 /target");
    CHECK(house.sent("routes", R"({"target":1,"service":"nope","group":"Games","severity":"bad"})") ==
          "422 /service /group /severity");
    CHECK(house.sent("routes", R"({"target":1,"quiet_from":"25:00","quiet_to":"07:00","quiet_zone":"Mars"})") ==
          "422 /quiet_from /quiet_zone");
    CHECK(house.sent("routes", R"({"target":1,"quiet_from":"07:00","quiet_to":"07:00"})") == "422 /quiet_to");
    CHECK(house.sent("routes", R"({"target":1,"remind_minutes":1,"escalate_minutes":1.5})") ==
          "422 /remind_minutes /escalate_minutes");
    CHECK(
        house.sent(
            "routes",
            R"({"target":1,"service":"mail","quiet_from":"22:00","quiet_to":"07:00","quiet_zone":"Europe/Berlin","remind_minutes":60,"severity":20})") ==
        "201");
    CHECK(house.list("routes")[0]["quiet_zone"] == "Europe/Berlin");
    CHECK(house.sent("routes/1", R"({"target":1,"group":"Office"})", Method::put) == "200");
    CHECK(house.list("routes")[0]["service"].is_null());
    CHECK(house.sent("routes/1", "", Method::delete_) == "204");
    CHECK(house.list("routes").empty());
}

TEST_CASE("a line is changed by form on a page of its own, as one would add it") {
    NotificationDesk house;
    const std::string line = "/admin/notifications/routes/1";
    house.api(Method::post, "targets", hook);
    house.api(
        Method::post, "routes",
        R"({"target":1,"service":"mail","group":"Office","region":"Hessen","quiet_from":"22:00","quiet_to":"06:30","quiet_zone":"Europe/Berlin","remind_minutes":60,"escalate_minutes":15,"severity":20})");
    CHECK_THAT(*house.page("/admin/notifications", house.session).body, Contains("href=\"" + line + "\""));
    const auto shown = *house.page(line, house.session).body;
    for (const auto* part :
         {"<h1>Line of ops</h1>", "value=\"mail\" selected", "value=\"Office\" selected", "value=\"22:00\"",
          "value=\"06:30\"", "value=\"Europe/Berlin\"", "value=\"60\"", "value=\"15\"", "value=\"20\"",
          "<details open>", "mail, Office, Hessen, from 20 times the usual on", "Only in the region Hessen"})
        CHECK_THAT(shown, Contains(part));
    CHECK(house.page("/admin/notifications/routes/9", house.session).status == 404);
    CHECK(house.page("/admin/notifications/routes/x", house.session).status == 404);
    CHECK(house.press("/admin/notifications/routes/9", "service=mail", house.session).status == 404);

    const auto etag = house.etag_in(shown);
    const auto wrong = house.press(
        line, "etag=" + etag + "&service=chat&quiet_from=7&quiet_to=07%3A00&remind_minutes=1", house.session);
    CHECK(wrong.status == 422);
    CHECK_THAT(*wrong.body, Contains("Write both times like 22:00") &&
                                Contains("Write a whole number from 5 to 10080") &&
                                Contains("value=\"chat\" selected") && Contains("value=\"07:00\""));
    CHECK(house.etag_in(*wrong.body) == etag);
    CHECK(house.list("routes")[0]["service"] == "mail");

    const auto saved = house.press(line, "etag=" + etag + "&service=chat&severity=20", house.session);
    CHECK(saved.status == 303);
    CHECK(saved.header("location") == "/admin/notifications/1");
    const auto route = house.list("routes")[0];
    CHECK(route["service"] == "chat");
    CHECK(route["region"] == "Hessen");  // it has no field
    CHECK(route["group"].is_null());
    CHECK(route["quiet_from"].is_null());
    CHECK(route["escalate_minutes"].is_null());
    CHECK(route["severity"] == 20);
    CHECK(house.press(line + "/remove", "", house.session).status == 303);
    CHECK(house.page(line, house.session).status == 404);
}

TEST_CASE("who saves a line that somebody else has changed meanwhile is shown both, and saves again") {
    NotificationDesk house;
    const std::string line = "/admin/notifications/routes/1";
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "routes", R"({"target":1})");
    const auto etag = house.etag_in(*house.page(line, house.session).body);
    house.api(Method::put, "routes/1", R"({"target":1,"service":"mail"})");
    // A mistake does not make the form newer than what was read.
    const auto wrong = house.press(line, "etag=" + etag + "&service=nope", house.session);
    CHECK(wrong.status == 422);
    CHECK(house.etag_in(*wrong.body) == etag);
    const auto lost = house.press(line, "etag=" + etag + "&service=chat", house.session);
    CHECK(lost.status == 409);
    CHECK_THAT(*lost.body, Contains("somebody changed this line meanwhile") && Contains("<dd>mail</dd>") &&
                               Contains("value=\"chat\" selected"));
    CHECK(house.list("routes")[0]["service"] == "mail");
    CHECK(house.press(line, "service=chat", house.session).status == 409);
    CHECK(house.press(line, "etag=" + house.etag_in(*lost.body) + "&service=chat", house.session).status ==
          303);
    CHECK(house.list("routes")[0]["service"] == "chat");
}

TEST_CASE("a line of what the catalogue has no more does not come to hear of everything unasked") {
    NotificationDesk house;
    const std::string line = "/admin/notifications/routes/1";
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "routes", R"({"target":1,"service":"mail"})");
    house.database.run([](storage::Transaction& tx) { storage::archive_service(tx, "mail", noon); });
    tests::await(house.context, house.pulse.load());
    CHECK_THAT(*house.page("/admin/notifications", house.session).body,
               Contains("<td data-h=\"Hears of\">mail (archived)</td>"));
    const auto shown = *house.page(line, house.session).body;
    CHECK_THAT(shown, Contains("<option value=\"mail\" selected>mail (archived)</option>"));
    const auto kept = house.press(line, "etag=" + house.etag_in(shown) + "&service=mail", house.session);
    CHECK(kept.status == 422);
    CHECK_THAT(*kept.body, Contains("There is no such service.") &&
                               Contains("<option value=\"mail\" selected>mail (archived)</option>"));
}

TEST_CASE("a target's line stays that target's") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "targets", R"({"name":"desk","kind":"webhook","address":"http://127.0.0.2/desk"})");
    house.api(Method::post, "routes", R"({"target":1})");
    CHECK(house.sent("routes/1", R"({"target":2})", Method::put) == "422 /target");
    CHECK(house.sent("routes/9", R"({"target":2})", Method::put) == "404");
}
