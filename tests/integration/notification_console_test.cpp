// tests/integration/notification_console_test.cpp: targets and messages as operators set them up and look at
// them, by program and by form; what is wrong is said beside its field.
#include "tests/support/notification_desk.hpp"

using namespace outcry;
using namespace outcry::tests;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

TEST_CASE("an address that leads inwards is refused when it is typed, with what it leads to") {
    NotificationDesk house;
    const std::vector<std::pair<std::string, std::string>> tricks{
        {"https://127.0.0.1/", "loopback"},
        {"https://2130706433/", "loopback"},
        {"https://0x7f.1/", "loopback"},
        {"https://localhost/", "loopback"},
        {"https://[::1]/", "loopback"},
        {"https://[::ffff:10.0.0.1]/", "private"},
        {"https://10.0.0.1/", "private"},
        {"https://169.254.169.254/latest/meta-data", "cloud metadata"},
        {"https://[64:ff9b::7f00:1]/", "NAT64"},
        {"http://8.8.8.8/", "use https"},
        {"ftp://example.org/", "https://"},
        {"https://user:pw@example.org/", "user and password"},
        {"hooks", "https://"}};
    for (const auto& [address, reason] : tricks) {
        CAPTURE(address);
        CHECK(house.sent("targets", with_address(address)) == "422 /address");
        CHECK_THAT(house.why("targets", with_address(address)), Contains(reason));
    }
    CHECK(house.count("notification_target") == "0");
    CHECK(house.sent("targets", with_address("http://127.0.0.2/")) == "201");
}

TEST_CASE("every field of a target says what is wrong with it") {
    NotificationDesk house;
    CHECK(house.sent("targets", "[]") == "400");
    CHECK(house.sent("targets", "{}") == "422 /name /kind");
    CHECK(house.sent("targets", R"({"name":"x","kind":"fax","address":"y"})") == "422 /kind");
    CHECK(house.sent("targets", R"({"name":"x","kind":"webhook","address":"http://127.0.0.2/","colour":1})") ==
          "422 /colour");
    CHECK(house.sent("targets",
                     R"({"name":"x","kind":"webhook","address":"http://127.0.0.2/","secret":"short"})") ==
          "422 /secret");
    CHECK(house.sent("targets",
                     R"({"name":"x","kind":"pagerduty","address":"http://127.0.0.2/","secret":"k"})") ==
          "422 /secret");
    CHECK(house.sent("targets", with_address("a@example.org\r\nBcc: b@example.org", "mail")) == "422 /address");
    CHECK(house.sent("targets", with_address("nobody", "mail")) == "422 /address");
    CHECK(house.sent("targets", with_address("a@example.org, b@example.org", "mail")) == "201");
    CHECK(house.sent("targets", with_address("a@example.org", "mail")) == "422 /name");  // taken
}

TEST_CASE("a secret is shown once; everything that is done stands in the audit log") {
    NotificationDesk house;
    const auto made = json::parse(*house.api(Method::post, "targets", hook).body);
    const auto secret = made["secret"].get<std::string>();
    CHECK(secret.starts_with("whsec_"));
    CHECK_FALSE(house.list("targets")[0].contains("secret"));
    const auto fresh = json::parse(*house.api(Method::post, "targets/1/secret").body)["secret"];
    CHECK(fresh != secret);
    CHECK(house.list("targets")[0]["old_secret_until"] == "2026-01-23T12:00:00Z");
    CHECK(house.sent("targets/1", R"({"name":"ops at night"})", Method::put) == "200");
    CHECK(house.sent("targets/1", R"({"kind":"slack"})", Method::put) == "422 /kind");
    CHECK(house.sent("targets/1/off", "") == "204");
    CHECK(house.sent("targets/1/test", "") == "409");  // it is off
    CHECK(house.sent("targets/1/on", "") == "204");
    CHECK(house.sent("targets/1/test", "") == "204");
    CHECK(house.sent("targets/1", "", Method::delete_) == "204");
    CHECK(house.sent("targets/1", "", Method::delete_) == "404");
    CHECK(house.place.ask("select secret || old_secret from notification_target") == "");
    CHECK(
        house.place.ask("select string_agg(action, ' ' order by id) from audit where actor = 'token tests'") ==
        "target.create target.rotate_secret target.edit target.switch_off target.switch_on target.test "
        "target.remove");
    CHECK(house.count("audit where coalesce(before::text, '') || coalesce(after::text, '') like '%whsec_%'") ==
          "0");
}

TEST_CASE("the audit log names whom and what it speaks of, and says from what to what") {
    NotificationDesk house;
    house.api(Method::post, "targets",
              R"({"name":"Night shift","kind":"slack","address":"http://127.0.0.2/one"})");
    house.api(Method::post, "routes", R"({"target":1,"service":"mail"})");
    CHECK_THAT(house.audit("route.create"), StartsWith("line 1 of Night shift ") &&
                                                Contains(R"("target": "Night shift")") &&
                                                Contains(R"("service": "mail")"));
    const auto etag = house.etag_in(*house.page("/admin/notifications/routes/1", house.session).body);
    house.press("/admin/notifications/routes/1", "etag=" + etag + "&service=chat&remind_minutes=30",
                house.session);
    CHECK(house.place.ask("select concat_ws(' ', actor, object, before->>'service', after->>'service', "
                          "after->>'remind_minutes') from audit where action = 'route.edit'") ==
          "mara line 1 of Night shift mail chat 30");
    house.database.run([](storage::Transaction& tx) { storage::archive_service(tx, "chat", noon); });
    house.api(Method::delete_, "routes/1");
    CHECK_THAT(house.audit("route.remove"),
               StartsWith("line 1 of Night shift ") && Contains(R"("service": "chat")") && EndsWith(" → "));

    CHECK(house.sent("targets/1", R"({"name":"Day shift","address":"http://127.0.0.2/two"})", Method::put) ==
          "200");
    CHECK(house.place.ask(
              "select concat_ws(' ', before->>'name', after->>'name', after->>'address') from audit "
              "where action = 'target.edit'") == "Night shift Day shift http://127.0.0.2/… (replaced)");
    CHECK(house.count(
              "audit where coalesce(before::text, '') || coalesce(after::text, '') ~ '127.0.0.2/(one|two)'") ==
          "0");

    house.api(
        Method::post, "maintenances",
        R"({"service":"mail","starts":"2026-01-22T11:00","ends":"2026-01-22T14:00","title":"New disks"})");
    house.api(
        Method::post, "maintenances",
        R"({"service":"mail","starts":"2026-01-22T20:00","ends":"2026-01-22T22:00","title":"New cables"})");
    house.api(Method::delete_, "maintenances/1");
    CHECK(
        house.place.ask("select concat_ws(' ', object, after->>'title', before->>'ends', after->>'ends') from "
                        "audit where action = 'maintenance.end'") ==
        "service mail New disks 2026-01-22T14:00 2026-01-22T12:00");
    house.api(Method::delete_, "maintenances/2");  // it had not begun
    CHECK_THAT(house.audit("maintenance.end"),
               StartsWith("service mail {") && Contains("New cables") && Contains(" → ; service mail"));
    house.api(Method::post, "silences", R"({"group":"Office","minutes":60,"reason":"known"})");
    house.clock = live::Clock{noon + 10min, 0};
    house.api(Method::delete_, "silences/1");
    CHECK(house.place.ask(
              "select concat_ws(' ', object, before->>'reason', before->>'ends', after->>'ends') from "
              "audit where action = 'silence.end'") == "group Office known 2026-01-22T13:00 2026-01-22T12:10");
}

TEST_CASE("a target's page has its own lines and messages alone, and says the next step where there are none") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "targets", R"({"name":"desk","kind":"webhook","address":"http://127.0.0.2/desk"})");
    const auto of = [&](const std::string& path, const std::string& who) {
        return *house.page(path, who).body;
    };
    CHECK_THAT(of("/admin/notifications/1", house.session),
               Contains("It has no line, so it hears of nothing. Add one.") &&
                   Contains("Nothing has been sent to it yet. “Send a test” above") &&
                   Contains("href=\"/admin/notifications?target=1#add-route\""));
    CHECK_THAT(of("/admin/notifications/1", house.viewer),
               Contains("It has no line, so it hears of nothing.</p>") && !Contains("Send a test"));
    CHECK_THAT(of("/admin/notifications", house.session),
               Contains("No lines yet, so nobody hears of anything. Add one below."));
    CHECK_THAT(of("/admin/notifications?target=2", house.session),
               Contains("<option value=\"2\" selected>desk</option>"));
    house.api(Method::post, "targets/1/off");
    CHECK_THAT(of("/admin/notifications/1", house.session), Contains("Switch it on above"));
    house.api(Method::post, "targets/1/on");

    house.api(Method::post, "routes", R"({"target":1,"service":"mail"})");
    house.api(Method::post, "routes", R"({"target":2,"service":"chat"})");
    const auto tested = house.press("/admin/notifications/1/test", "", house.session);
    CHECK(tested.header("location") == "/admin/notifications/1");
    house.api(Method::post, "targets/2/test");
    CHECK_THAT(of("/admin/notifications/1", house.session), Contains("routes/1\"") && !Contains("routes/2\"") &&
                                                                Contains("deliveries/1\"") &&
                                                                !Contains("deliveries/2\""));
    CHECK_THAT(of("/admin/notifications/1", house.viewer),
               Contains("deliveries/1\"") && Contains("<th scope=\"row\">mail</th>") && !Contains(">Change<"));
    CHECK_THAT(of("/admin/notifications/deliveries/1", house.session),
               Contains("<a href=\"/admin/notifications/1\">ops</a>"));
    for (int i = 0; i < 30; ++i) house.api(Method::post, "targets/1/test");
    CHECK_THAT(of("/admin/notifications/1", house.session),
               Contains("/admin/notifications/1?before=3#sent-heading") && !Contains("deliveries/1\""));
    CHECK_THAT(of("/admin/notifications/1?before=3", house.session), Contains("deliveries/1\""));
    house.api(Method::delete_, "targets/1");
    CHECK_THAT(of("/admin/notifications/deliveries/1", house.session), Contains("<dd>ops</dd>"));
}

TEST_CASE("an address that is left empty stays as it is, and the form says so without saying the secret") {
    NotificationDesk house;
    const std::string chat = "/admin/notifications/1", mail = "/admin/notifications/2";
    house.api(Method::post, "targets",
              R"({"name":"chat","kind":"slack","address":"http://127.0.0.2/services/T0/secret"})");
    house.api(Method::post, "targets", R"({"name":"mail","kind":"mail","address":"a@example.org"})");
    const auto shown = *house.page(chat, house.session).body;
    CHECK_THAT(shown, Contains("Empty keeps the one there is, http://127.0.0.2/…;") && !Contains("T0"));
    CHECK(house.press(chat, "name=chat+at+night&address=", house.session).status == 303);
    CHECK(house.place.ask("select name || ' ' || address from notification_target where id = 1") ==
          "chat at night http://127.0.0.2/services/T0/secret");
    CHECK_THAT(*house.page(mail, house.session).body,
               Contains("Empty keeps those there are.") && Contains("value=\"a@example.org\""));
    CHECK(house.press(mail, "name=mail&address=", house.session).status == 303);
    CHECK(house.list("targets")[1]["address"] == "a@example.org");
}

TEST_CASE("messages are listed and sent again; a query that is not understood is refused") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    house.api(Method::post, "targets/1/test");
    CHECK(house.list("deliveries")[0]["type"] == "test");
    CHECK(house.list("deliveries?state=failed").empty());
    CHECK(house.api(Method::get, "deliveries?colour=red").status == 400);
    CHECK(house.api(Method::get, "deliveries?state=lost").status == 400);
    CHECK(house.api(Method::get, "deliveries/1").status == 200);
    CHECK(house.api(Method::get, "deliveries/99").status == 404);
    CHECK(house.api(Method::get, "deliveries/x").status == 404);
    CHECK(house.sent("deliveries/1/redeliver", "") == "204");
    CHECK(house.sent("deliveries/99/redeliver", "") == "404");
}

TEST_CASE("the pages do the same by form, keep what was typed, and say what is wrong beside it") {
    NotificationDesk house;
    const auto empty = house.page("/admin/notifications", house.session);
    CHECK(empty.status == 200);
    CHECK_THAT(*empty.body, Contains("Nobody yet.") && Contains("name=\"address\""));
    const auto refused =
        house.press("/admin/notifications", "name=%3Cscript%3E&kind=webhook&address=https%3A%2F%2F127.0.0.1%2F",
                    house.session);
    CHECK(refused.status == 422);
    CHECK_THAT(*refused.body, Contains("127.0.0.1, a loopback address") &&
                                  Contains("value=\"&lt;script&gt;\"") && !Contains("<script>"));
    const auto added = house.press("/admin/notifications",
                                   "name=ops&kind=webhook&address=http%3A%2F%2F127.0.0.2%2F", house.session);
    CHECK(added.status == 200);
    CHECK_THAT(*added.body, Contains("whsec_"));
    CHECK_THAT(*house.page("/admin/notifications", house.session).body, !Contains("whsec_") && Contains("ops"));
    CHECK(house.press("/admin/notifications/routes", "target=1&service=mail&escalate_minutes=10", house.session)
              .status == 303);
    CHECK_THAT(*house.press("/admin/notifications/routes", "target=1&remind_minutes=1", house.session).body,
               Contains("Write a whole number from 5 to 10080"));
    CHECK(house.press("/admin/notifications/1/test", "", house.session).status == 303);
    CHECK_THAT(*house.page("/admin/notifications/deliveries/1", house.session).body, Contains("None so far."));
    CHECK_THAT(*house.page("/admin/notifications/1", house.session).body, Contains("http://127.0.0.2/"));
    CHECK(house.page("/admin/notifications/9", house.session).status == 404);
    CHECK(house.page("/admin/notifications/deliveries/9", house.session).status == 404);

    CHECK(house
              .press("/admin/quiet/maintenances",
                     "service=mail&starts=2026-01-22T13%3A00&ends=2026-01-22T14%3A00&title=New+disks",
                     house.session)
              .status == 303);
    const auto overlap = house.press(
        "/admin/quiet/maintenances",
        "service=mail&starts=2026-01-22T13%3A30&ends=2026-01-22T15%3A00&title=More+disks", house.session);
    CHECK(overlap.status == 422);
    CHECK_THAT(*overlap.body,
               Contains("This overlaps with “New disks” by mara") && Contains("value=\"More disks\""));
    CHECK(house.press("/admin/quiet/silences", "minutes=30&reason=known", house.session).status == 303);
    CHECK_THAT(*house.page("/admin/quiet", house.session).body, Contains("known") && Contains("New disks"));
}

TEST_CASE("a message says of what it is, what kind of news, and until when its target asked to wait") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    const auto incident = house.database.run([&](storage::Transaction& tx) {
        analytics::Transition opened;
        opened.service = 1;
        opened.at = minute_of(noon);
        opened.opened = true;
        opened.incident.phase = analytics::Phase::open;
        opened.incident.began = opened.incident.opened = minute_of(noon);
        const auto id = storage::record_transition(tx, opened, 1, noon)->id;
        auto at = noon;
        for (const std::string kind : {"opened", "updated", "reminder", "escalated", "closed"}) {
            storage::tell(tx,
                          {.id = storage::new_id(noon),
                           .kind = "incident." + kind,
                           .incident = id,
                           .service = 1,
                           .at = at,
                           .made = noon},
                          {{.target = 1, .held_by = {}, .due = noon, .only_if_told = false}});
            if (kind == "opened") storage::keep_body(tx, 1, "written", 400);
            at += 30min;
        }
        return id;
    });
    house.api(Method::post, "targets/1/test");
    const auto list = *house.page("/admin/notifications", house.session).body;
    for (const auto* kind : {"Opened", "Update", "Reminder", "Escalation", "Closed", "Test"})
        CHECK_THAT(list, Contains(std::string("\">") + kind + "</a>"));
    CHECK_THAT(list,
               Contains("href=\"/admin/incidents/" + incident + "\">mail</a>") && !Contains("asked for no"));
    CHECK(house.list("deliveries").back()["service"] == "mail");
    CHECK(house.list("deliveries")[0]["service"].is_null());

    house.place.ask(
        "update notification_target set failures = 1, failing_since = made, asked_until = made + interval '40 "
        "min' returning 1");
    const auto one = *house.page("/admin/notifications/deliveries/1", house.session).body;
    CHECK_THAT(one, Contains("<h1>Opened: mail</h1>") && Contains("/admin/incidents/" + incident) &&
                        Contains("try 1 of 10 at 12:40 UTC: the receiver asked for no earlier one"));
    CHECK_THAT(*house.page("/admin/notifications/1", house.session).body,
               Contains("asked for no message before 12:40 UTC"));
    CHECK(house.list("targets")[0]["asked_until"] == "2026-01-22T12:40:00Z");
    CHECK(house.list("deliveries")[0]["asked_until"] == "2026-01-22T12:40:00Z");
    CHECK(house.list("deliveries")[0]["due"] == "2026-01-22T12:40:00Z");
    house.clock = live::Clock{noon + 41min, 0};
    CHECK_THAT(*house.page("/admin/notifications", house.session).body, !Contains("asked for no"));
    CHECK(house.list("targets")[0]["asked_until"].is_null());
}

TEST_CASE("the page leads on to older messages") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    for (int i = 0; i < 31; ++i) house.api(Method::post, "targets/1/test");
    const auto page = [&](const std::string& query) {
        return *house.page("/admin/notifications" + query, house.session).body;
    };
    CHECK_THAT(page(""), Contains("?before=2#") && Contains("deliveries/31\"") && !Contains("deliveries/1\""));
    CHECK_THAT(page("?before=2"),
               Contains("deliveries/1\"") && !Contains("deliveries/31\"") && !Contains("?before="));
    CHECK_THAT(page("?before=two"), Contains("deliveries/31\""));
}

TEST_CASE("who may only look is offered no button, and presses none") {
    NotificationDesk house;
    house.api(Method::post, "targets", hook);
    const auto page = house.page("/admin/notifications", house.viewer);
    CHECK(page.status == 200);
    CHECK_THAT(*page.body, Contains("ops") && !Contains("Send a test") && !Contains("name=\"address\""));
    CHECK(house.press("/admin/notifications/1/test", "", house.viewer).status == 403);
    house.api(Method::post, "routes", R"({"target":1})");
    const auto line = *house.page("/admin/notifications/routes/1", house.viewer).body;
    CHECK_THAT(line, Contains("<dd>everything</dd>") && !Contains("name=\"service\"") && !Contains("Remove"));
    CHECK(house.press("/admin/notifications/routes/1", "service=mail", house.viewer).status == 403);
    CHECK_THAT(*house.page("/admin/quiet", house.viewer).body, !Contains("<form class=\"stack slim\""));
}
