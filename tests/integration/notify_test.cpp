// tests/integration/notify_test.cpp: news reaches real receivers, through outages, rotations and quiet; time is
// stepped.
#include <catch2/catch.hpp>

#include "tests/support/office.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using nlohmann::json;
using storage::Transaction;
using tests::noon, tests::Office, tests::secret, tests::Words;

TEST_CASE("each transition arrives once, in order, signed, with an id that is the outbox's") {
    Office office;
    office.hook();
    const auto incident = office.record("opened");
    const auto outbox = office.ask("select id from outbox");
    office.step();
    office.clock = live::Clock{noon + 7min, 0};
    office.record("updated");
    office.step();
    office.clock = live::Clock{noon + 60min, 0};
    office.record("closed");
    office.step();
    office.steps(5, 1h);

    CHECK(office.types() == Words{"incident.opened", "incident.updated", "incident.closed"});
    const auto lines = office.webhooks();
    CHECK(lines[0]["id"] == outbox);
    CHECK(office.distinct() == 3);
    const auto& data = lines[0]["message"]["data"];
    CHECK(data["incident"]["id"] == incident);
    CHECK(data["incident"]["url"] == "https://status.example.org/i/" + incident);
    CHECK(data["service"]["name"] == "Mail");
    CHECK(
        data["text"] ==
        "112 reports in 15 minutes, when 3 are usual. Reports began to rise at 11:55 UTC on 22 January 2026.");
    CHECK(lines[2]["message"]["data"]["incident"]["closed"] == "2026-01-22T13:00:00Z");
    CHECK(office.ask("select count(*) from outbox") == "0");
    CHECK(office.ask("select string_agg(status::text, ',') from delivery_attempt") == "204,204,204");
}

TEST_CASE("a receiver that is down for ten minutes hears everything once, under the same ids, in order") {
    Office office;
    office.hook();
    const auto port = office.receiver->http();
    office.receiver.reset();
    office.record("opened");
    office.steps(2, 10s);
    office.clock = live::Clock{noon + 3min, 0};
    office.record("updated");
    office.steps(7, 1min);
    CHECK(office.webhooks().empty());
    CHECK(office.ask("select count(*) from delivery_attempt where trouble = 'connection'") ==
          "3");  // 0 s, 5 s, 5 min
    CHECK(office.clock.now() == Time{noon + 10min});

    office.receiver.emplace(office.log, secret, port);
    office.steps(60, 1min);
    CHECK(office.types() == Words{"incident.opened", "incident.updated"});
    CHECK(office.ask("select failures from notification_target") == "0");
}

TEST_CASE("through a rotation receivers with the old and the new secret are content, until the old one ends") {
    Office office;
    const auto target = office.hook();
    const auto fresh = notify::make_webhook_secret();
    int told = 0;
    const auto tell = [&](Minute opened) {
        office.clock = live::Clock{opened, 0};
        office.record("opened", 1 + told++ % 2, opened);
        office.step();
    };
    tell(noon);
    office.database.run([&](Transaction& tx) { storage::rotate_secret(tx, target, fresh, noon + 24h); });
    tell(noon + 1min);  // the receiver still has the old secret
    office.receive(fresh);
    tell(noon + 2min);
    tell(noon + 23h);
    tell(noon + 25h);
    CHECK(office.types() == Words(5, "incident.opened"));
    std::vector<int> signatures;
    for (const auto& line : office.webhooks()) signatures.push_back(line["signatures"]);
    CHECK(signatures == std::vector<int>{1, 2, 2, 2, 1});
    office.receive(secret);
    tell(noon + 26h);
    CHECK(office.types().back() == "refused");
}

TEST_CASE("two nodes tell everything once between them") {
    Office office;
    office.hook();
    const auto other = office.make_notifier(1);
    for (int i = 0; i < 10; ++i) {
        office.clock = live::Clock{noon + i * 1min, 0};
        office.record("opened", 1 + i % 2, noon + i * 1min);
        boost::asio::co_spawn(office.context, office.notifier->look(), boost::asio::detached);
        boost::asio::co_spawn(office.context, other->look(), boost::asio::detached);
        office.context.restart();
        office.context.run();
    }
    office.steps(3, 1min);
    CHECK(office.types() == Words(10, "incident.opened"));
    CHECK(office.distinct() == 10);
}

TEST_CASE("what a node was sending when it died is sent again at its next start, under the same id") {
    Office office;
    office.hook();
    office.record("opened");
    office.database.run([&](Transaction& tx) {  // spread and claimed, then killed
        notify::Ledger ledger([&] { return office.catalogue; }, app::make_phrase(), {}, 0);
        ledger.spread(tx, noon);
        CHECK(ledger.claim(tx, noon, noon + 60s, 10, true).size() == 1);
    });
    const auto other = office.make_notifier(1);
    tests::await(office.context, other->look());
    CHECK(office.webhooks().empty());  // it is the first node's until its lease ends
    office.step();
    CHECK(office.types() == Words{"incident.opened"});
}

TEST_CASE("410 switches a target off with a line in the audit log, and so does a schedule that is exhausted") {
    Office office;
    const auto gone = office.add_target("webhook", office.at("/gone"));
    const auto fails = office.add_target("webhook", office.at("/fails"));
    office.add_route(office.route_to(gone));
    office.add_route(office.route_to(fails));
    office.record("opened");
    office.step();
    CHECK(office.ask("select off_why from notification_target where address like '%gone'") == "gone");
    for (const auto pause : {5s, 300s, 1800s, 7200s, 18000s, 36000s, 50400s, 72000s}) office.step(pause);
    CHECK(office.ask("select attempts from delivery where state = 'waiting'") == "9");
    office.step(24h - 1s);
    CHECK(office.ask("select count(*) from delivery_attempt where status = 503") == "9");
    office.step(1s);
    CHECK(office.ask("select count(*) from delivery_attempt where status = 503") == "10");
    CHECK(office.ask("select off_why from notification_target where address like '%fails'") == "failing");
    CHECK(office.ask("select string_agg(why, ',' order by id) from delivery") == "gone,exhausted");
    CHECK(office.ask("select count(*) from audit where action = 'target.switch_off' and actor = 'outcry'") ==
          "2");
    office.record("closed");
    office.step();
    CHECK(office.ask("select count(*) from delivery") == "2");
}

TEST_CASE("a target that hangs keeps nobody else waiting") {
    Office office;
    const auto hangs = office.add_target("webhook", office.at("/hangs"));
    office.add_route(office.route_to(hangs));
    office.hook();
    office.notifier = office.make_notifier(0, {}, 400ms);
    for (int i = 0; i < 3; ++i) {
        office.clock = live::Clock{noon + i * 1min, 0};
        office.record("opened", 1 + i % 2, noon + i * 1min);
        office.step();
    }
    office.steps(3, 1s);
    CHECK(office.types() == Words(3, "incident.opened"));
    CHECK(office.ask("select count(*) > 2 from delivery_attempt where trouble = 'timeout'") == "t");
}

TEST_CASE(
    "announced work keeps an opening back; it goes out when the window ends, unless all is over by then") {
    Office office;
    office.hook();
    office.database.run([&](Transaction& tx) {
        for (const storage::ServiceId service : {1, 2})
            storage::add_maintenance(tx,
                                     {.id = 0,
                                      .service = service,
                                      .starts = noon,
                                      .ends = noon + 60min,
                                      .title = "New disks",
                                      .by_whom = "mara"},
                                     noon);
    });
    office.record("opened", 1);
    office.record("opened", 2);
    office.steps(5, 1min);
    office.record("updated", 1);
    office.record("closed", 2);
    office.steps(54, 1min);
    CHECK(office.webhooks().empty());
    CHECK(office.ask("select string_agg(state || ' ' || why, ',' order by state) from delivery") ==
          "cancelled over,waiting ");
    office.steps(2, 1min);
    CHECK(office.types() == Words{"incident.opened"});
    office.record("closed", 1);
    office.step(1min);
    CHECK(office.types() == Words{"incident.opened", "incident.closed"});
}

TEST_CASE("a silence that is ended early lets out what it kept; overlapping ones hold until the last") {
    Office office;
    office.hook();
    const auto silence = [&](Time until) {
        return office.database.run([&](Transaction& tx) {
            return storage::add_silence(tx,
                                        {.id = 0,
                                         .service = {},
                                         .group = "",
                                         .starts = noon,
                                         .ends = until,
                                         .reason = "known",
                                         .by_whom = "mara"},
                                        noon);
        });
    };
    const auto first = silence(noon + 10min), second = silence(noon + 3h);
    office.record("opened");
    office.steps(20, 1min);
    CHECK(office.webhooks().empty());
    office.database.run([&](Transaction& tx) {
        CHECK_FALSE(storage::end_silence(tx, first, office.clock.now()));  // over already
        CHECK(storage::end_silence(tx, second, office.clock.now()));
        storage::look_at_held_again(tx, office.clock.now());
    });
    office.step(15s);
    office.step(15s);
    CHECK(office.types() == Words{"incident.opened"});
}

TEST_CASE("who hears of large outages only is told once an incident has become one, and then as everybody is") {
    Office office;
    auto large = office.route_to(office.add_target("webhook", office.at("/hook")));
    large.severity = 130;  // times the usual
    office.add_route(large);
    office.record("opened", 1);  // 123 times
    office.steps(20, 1min);
    office.record("updated", 1);
    office.steps(5, 1min);
    CHECK(office.types().empty());
    office.record("updated", 1);  // 425 reports: 130.8 times
    office.steps(10, 1min);
    // Once, with what made it large.
    REQUIRE(office.types() == Words{"incident.opened"});
    const auto data = office.webhooks()[0]["message"]["data"];
    CHECK(data["incident"]["peak_15m"] == 425);
    CHECK_THAT(data["text"].get<std::string>(),
               Catch::StartsWith("425 reports in the 15 minutes before 12:25 UTC"));
    office.record("updated", 1);
    office.step(1min);
    office.record("closed", 1);
    office.steps(10, 1min);
    CHECK(office.types() == Words{"incident.opened", "incident.updated", "incident.closed"});
    CHECK(office.distinct() == 3);
}

TEST_CASE("people hear of growth by half as much again as they heard last, programs of all") {
    Office office;
    office.hook();
    const auto chat = office.add_target("slack", office.at("/services/chat"));
    office.add_route(office.route_to(chat));
    const auto incident = office.record("opened");  // 400 reports
    office.step();
    for (const auto grown : {100min, 199min, 200min, 300min, 499min, 500min}) {
        office.clock = live::Clock{noon + grown, 0};
        office.record("updated");
        office.step();
    }
    CHECK(office.ask("select string_agg(peak::text, ' ' order by id) from delivery where target_id = " +
                     std::to_string(chat)) == "400 600 900");
    CHECK(office.types().size() == 7);
    office.clock = live::Clock{noon + 600min, 0};
    office.record("closed");
    office.step();
    CHECK(office.sent(chat, incident) == "incident.opened incident.updated incident.updated incident.closed");
}

TEST_CASE(
    "long incidents are reminded of, and what nobody acknowledges is told to the next in line, once each") {
    Office office;
    auto reminded = office.route_to(office.add_target("webhook", office.at("/hook")));
    reminded.remind = 60min;
    office.add_route(reminded);
    auto next = office.route_to(office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'a')));
    next.escalate = 30min;
    office.add_route(next);
    const auto incident = office.record("opened", 1);
    const auto seen = office.record("opened", 2);
    office.steps(10, 1min);
    office.database.run([&](Transaction& tx) {
        const storage::Acknowledgement acknowledgement{"mara", "on it", office.clock.now()};
        CHECK(storage::acknowledge(tx, seen, acknowledgement));
        CHECK_FALSE(storage::acknowledge(tx, seen, {"jo", "", office.clock.now()}));
    });
    office.steps(130, 1min);
    office.record("closed", 1);
    office.record("closed", 2);
    office.steps(100, 1min);

    auto types = office.types();
    std::sort(types.begin(), types.end());
    CHECK(types == Words{"incident.closed", "incident.closed", "incident.opened", "incident.opened",
                         "incident.reminder", "incident.reminder", "incident.reminder", "incident.reminder"});
    CHECK(office.distinct() == 8);
    const auto pages = tests::heard(office.log, "pager");
    REQUIRE(pages.size() == 2);  // the acknowledged one never
    CHECK(pages[0]["event"]["event_action"] == "trigger");
    CHECK(pages[0]["event"]["dedup_key"] == "outcry-" + incident);
    CHECK(pages[0]["event"]["payload"]["summary"] ==
          "Mail: users report problems, and nobody has acknowledged it for 30 min");
    CHECK(pages[1]["event"]["event_action"] == "resolve");
}

TEST_CASE("a line of a region hears of the incidents that this region brings") {
    Office office;
    auto route = office.route_to(office.add_target("webhook", office.at("/hook")));
    route.region = "DE";
    office.add_route(route);
    office.record("opened", 1, noon, "US");
    office.record("opened", 2, noon, "DE");
    office.steps(2, 1min);
    REQUIRE(office.types() == Words{"incident.opened"});
    CHECK(office.webhooks()[0]["message"]["data"]["region"] == "DE");
    CHECK(office.webhooks()[0]["message"]["data"]["service"]["slug"] == "chat");
}

TEST_CASE("whoever heard of an incident hears that it ended with its service, by whatever line it was") {
    Office office;
    auto by_group = office.route_to(office.add_target("webhook", office.at("/hook")));
    by_group.group = "Office";
    auto by_whole =
        office.route_to(office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'a')));
    by_whole.service = 1;
    office.add_route(by_group);
    office.add_route(by_whole);
    const auto follow = [&] {
        office.database.run([&](Transaction& tx) {
            office.catalogue = std::make_shared<const live::Catalogue>(live::load_catalogue(tx, noon));
        });
    };
    office.ask("update service set parent_id = 1 where id = 2; select 1");
    follow();
    const auto incident = office.record("opened", 2);
    office.step();
    office.clock = live::Clock{noon + 9min, 0};
    office.database.run([&](Transaction& tx) { storage::archive_service(tx, "chat", office.clock.now()); });
    follow();
    office.step();
    for (const auto target : {by_group.target, by_whole.target})
        CHECK(office.sent(target, incident) == "incident.opened incident.closed");
    CHECK(office.webhooks().back()["message"]["data"]["service"]["group"] == "Office");
}

TEST_CASE("PagerDuty, Slack and mail are each told in their own shape") {
    Office office;
    const outbound::MailServer server{.url = "smtp://127.0.0.1:" + std::to_string(office.receiver->smtp()),
                                      .user = "ops",
                                      .password = "secret",
                                      .from = "outcry@example.org",
                                      .tls = false};
    office.notifier = office.make_notifier(0, server);
    for (const auto& [kind, address] :
         {std::pair{"pagerduty", office.at("/v2/enqueue")}, std::pair{"slack", office.at("/services/T0/B0/x")},
          std::pair{"mail", std::string("mara@example.org,jo@example.org")}})
        office.add_route(office.route_to(office.add_target(kind, address, std::string(32, 'R'))));
    office.record("opened");
    office.step();
    office.clock = live::Clock{noon + 30min, 0};
    office.record("closed");
    office.step();

    const auto pages = tests::heard(office.log, "pager"), chats = tests::heard(office.log, "chat"),
               mails = tests::heard(office.log, "mail");
    REQUIRE(pages.size() == 2);
    CHECK(pages[0]["errors"].empty());
    CHECK(pages[1]["errors"].empty());
    CHECK(pages[0]["event"]["routing_key"] == std::string(32, 'R'));
    REQUIRE(chats.size() == 2);
    CHECK_THAT(chats[0]["text"].get<std::string>(),
               Catch::StartsWith("*Mail: users report problems, 112 reports in 15 minutes*\n112 reports"));
    REQUIRE(mails.size() == 2);
    CHECK(mails[0]["recipients"] == json{"<mara@example.org>", "<jo@example.org>"});
    CHECK(mails[0]["from"] == "<outcry@example.org>");
    CHECK_THAT(mails[0]["text"].get<std::string>(),
               Catch::Contains("Subject: Mail: users report problems, 112 reports in 15 minutes\n"));
    CHECK_THAT(mails[1]["text"].get<std::string>(),
               Catch::Contains("Subject: Mail: reports are back to usual\n"));
    CHECK(office.ask("select count(*) from delivery where state = 'delivered'") == "6");
    // No secret stands where operators read.
    CHECK(office.ask("select count(*) from delivery where body like '%RRRR%'") == "0");
    CHECK(office.ask("select count(*) from delivery_attempt where request like '%RRRR%'") == "0");
}

TEST_CASE(
    "a mail that is refused for good is not tried again; without TLS where TLS is wanted nothing is sent") {
    Office office;
    outbound::MailServer server{.url = "smtp://127.0.0.1:" + std::to_string(office.receiver->smtp()),
                                .from = "outcry@example.org",
                                .tls = false};
    office.notifier = office.make_notifier(0, server);
    office.add_route(office.route_to(office.add_target("mail", "nobody@example.org", "")));
    office.record("opened");
    office.step();
    CHECK(office.ask("select state || ' ' || why from delivery") == "failed refused");
    CHECK(office.ask(
              "select convert_from(answer, 'UTF8') like '%550 no such mailbox%' from delivery_attempt") == "t");
    server.tls = true;
    server.user = "ops";
    server.password = "secret";
    office.notifier = office.make_notifier(0, server);
    office.record("opened", 2);
    office.step();
    CHECK(office.ask("select trouble from delivery_attempt order by delivery_id desc limit 1") == "tls");
    CHECK(tests::heard(office.log, "mail").empty());
}

TEST_CASE("a message sent again by hand has the id and the body it had") {
    Office office;
    office.hook();
    office.record("opened");
    office.step();
    office.database.run([&](Transaction& tx) { CHECK(storage::send_again(tx, 1, office.clock.now())); });
    office.step(1s);
    const auto lines = office.webhooks();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["id"] == lines[1]["id"]);
    CHECK(lines[0]["message"] == lines[1]["message"]);
    CHECK(office.ask("select string_agg(number::text, ',') from delivery_attempt") == "1,2");
}

TEST_CASE(
    "an answer is kept to 64 kB, bytes of any kind, and a secret address is reached only where it may be") {
    Office office;
    tests::LoopbackServer talkative([](auto& socket, const std::string&) {
        tests::write_all(socket,
                         "HTTP/1.1 500 Oops\r\nContent-Length: 100000\r\n\r\n" + std::string(100000, '\0'));
    });
    office.add_route(office.route_to(
        office.add_target("webhook", "http://127.0.0.1:" + std::to_string(talkative.port()) + "/")));
    office.record("opened");
    office.step();
    CHECK(office.ask("select length(answer) || ' ' || cut from delivery_attempt") == "65536 true");
    CHECK(office.ask("select state from delivery") == "waiting");
}

TEST_CASE("a backlog of one target goes out several times as fast as the notifier looks on quiet days") {
    Office office;
    const auto target = office.hook();
    constexpr int backlog = 20;
    office.database.run([&](Transaction& tx) {
        for (int i = 0; i < backlog; ++i)
            storage::tell(tx, {.id = storage::new_id(noon + 1ms * i), .kind = "test", .at = noon, .made = noon},
                          {{.target = target, .held_by = {}, .due = noon, .only_if_told = false}});
    });
    const auto began = std::chrono::steady_clock::now();
    const auto drain = [&]() -> boost::asio::awaitable<void> {
        boost::asio::steady_timer pause{office.context};
        while (office.ask("select count(*) from delivery where state = 'waiting'") != "0" &&
               std::chrono::steady_clock::now() - began < 30s) {
            pause.expires_after(50ms);
            co_await pause.async_wait(boost::asio::use_awaitable);
        }
        co_await office.notifier->stop();
    };
    boost::asio::co_spawn(office.context, office.notifier->run(), boost::asio::detached);
    tests::await(office.context, drain());
    const auto took = std::chrono::steady_clock::now() - began;
    CHECK(office.ask("select count(*) from delivery where state = 'delivered'") == std::to_string(backlog));
    CHECK(took < (backlog - 1) * notify::NotifierOptions{}.every);
    CHECK(took >= (backlog - 1) * notify::NotifierOptions{}.between);  // and no faster than it says
}

TEST_CASE("the pause before a look takes the place of no request, and stop() waits for it") {
    Office office;
    notify::NotifierOptions options;
    options.at_once = 1;
    options.between = 3s;
    office.notifier = office.make_notifier(0, {}, 10s, options);
    office.hook();
    office.add_route(office.route_to(office.add_target("slack", office.at("/services/chat"))));
    office.record("opened");
    const auto began = std::chrono::steady_clock::now();
    const auto delivered = [&](const char* count) -> boost::asio::awaitable<void> {
        boost::asio::steady_timer pause{office.context};
        while (office.ask("select count(*) from delivery where state = 'delivered'") != count &&
               std::chrono::steady_clock::now() - began < 30s) {
            pause.expires_after(10ms);
            co_await pause.async_wait(boost::asio::use_awaitable);
        }
    };
    const auto both = [&]() -> boost::asio::awaitable<void> {
        co_await office.notifier->look();
        co_await delivered("1");
        // The first is done with when its pause has begun.
        boost::asio::steady_timer moment{office.context, 200ms};
        co_await moment.async_wait(boost::asio::use_awaitable);
        co_await office.notifier->look();
        CHECK(office.ask("select count(*) from delivery where claimed_by is not null or state = 'delivered'") ==
              "2");
        co_await delivered("2");
        CHECK(std::chrono::steady_clock::now() - began < options.between);
        co_await office.notifier->stop();
        CHECK(std::chrono::steady_clock::now() - began >= options.between);
    };
    tests::await(office.context, both());
}
