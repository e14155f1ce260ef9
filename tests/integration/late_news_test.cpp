// tests/integration/late_news_test.cpp: what is told late, or at the same moment as something else, is true
// when it arrives, comes in order, and once; time is stepped.
#include <catch2/catch.hpp>

#include "tests/support/office.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using storage::Transaction;
using tests::noon, tests::Office, tests::Words;

namespace {

/// A pager's events as they came: "trigger", "resolve".
Words pages(const Office& office) {
    Words all;
    for (const auto& line : tests::heard(office.log, "pager"))
        all.push_back(line["event"]["event_action"].get<std::string>());
    return all;
}

storage::TargetId pager(Office& office) {
    const auto target = office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'R'));
    office.add_route(office.route_to(target));
    return target;
}

std::string ends(Office& office) {
    return office.ask("select coalesce(string_agg(state || ' ' || why, ', ' order by id), '') from delivery");
}

}  // namespace

TEST_CASE("one look tells one thing: who hears for the first time hears how things stand, and no more") {
    Office office;
    auto line = office.route_to(office.add_target("webhook", office.at("/hook")));
    SECTION("it opened and grew before anybody looked") {
        office.add_route(line);
        office.record("opened");
        office.clock = live::Clock{noon + 9min, 0};
        office.record("updated");
        office.steps(3, 1min);
    }
    SECTION("a line's severity and its reminder are reached together") {
        line.severity = 130;  // times the usual; 425 reports
        line.remind = 25min;
        office.add_route(line);
        office.record("opened");
        office.step();
        office.clock = live::Clock{noon + 25min, 0};
        office.record("updated");
        office.steps(20, 1min);
    }
    SECTION("a silence ends when a reminder is due") {
        line.remind = 30min;
        office.add_route(line);
        office.silence({}, noon + 30min);
        office.record("opened");
        office.steps(35, 1min);
    }
    CHECK(office.types() == Words{"incident.opened"});
    office.step(25min);
    if (line.remind) CHECK(office.types() == Words{"incident.opened", "incident.reminder"});
}

TEST_CASE("what ended while nobody looked is not let out by the silence that ended meanwhile") {
    Office office;
    office.hook();
    office.silence({}, noon + 10min);
    office.record("opened");
    office.steps(3, 1min);
    office.clock = live::Clock{noon + 11min, 0};
    office.record("closed");
    office.notifier = office.make_notifier(0);  // as after a restart
    office.steps(3, 1min);
    CHECK(office.types().empty());
    CHECK(ends(office) == "cancelled over");
}

TEST_CASE("of two nodes that look at the same moment neither misses whom the other tells") {
    Office office;
    office.hook();
    const notify::Ledger ledger([&] { return office.catalogue; }, app::make_phrase(), {}, 0);
    office.record("opened");
    office.database.run([&](Transaction& tx) {
        CHECK(ledger.spread(tx, noon).all);
        office.clock = live::Clock{noon + 5min, 0};
        office.record("closed");
        // The end is not for this one to spread: it cannot see yet that anybody was told.
        office.database.run([&](Transaction& other) { CHECK_FALSE(ledger.spread(other, noon).all); });
    });
    office.steps(2, 1min);
    CHECK(office.types() == Words{"incident.opened", "incident.closed"});
}

TEST_CASE("a page is ended though its line is gone, or the incident is of another region by then") {
    Office office;
    const auto target = office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'R'));
    auto line = office.route_to(target);
    line.region = "DE";
    office.add_route(line);
    office.record("opened", 1, noon, "DE");
    office.step();
    SECTION("the line is gone") {
        office.database.run([&](Transaction& tx) { storage::remove_alert_route(tx, 1, noon); });
        office.clock = live::Clock{noon + 9min, 0};
        office.record("closed", 1, noon, "DE");
    }
    SECTION("it ends elsewhere") {
        office.clock = live::Clock{noon + 9min, 0};
        office.record("closed", 1, noon, "US");
    }
    office.step();
    CHECK(pages(office) == Words{"trigger", "resolve"});
}

TEST_CASE("an opening that was held back is not told to who has no line for it any more") {
    Office office;
    office.hook();
    office.silence({}, noon + 10min);
    office.record("opened");
    office.step();
    office.database.run([&](Transaction& tx) {
        storage::remove_alert_route(tx, 1, noon);
        storage::look_at_held_again(tx, noon);
    });
    office.steps(20, 1min);
    CHECK(office.types().empty());
    CHECK(ends(office) == "cancelled line");
}

TEST_CASE(
    "a receiver that was away until all was over hears of it in order, and when it was; nothing says that it "
    "lasts") {
    Office office;
    auto chat = office.route_to(office.add_target("slack", office.at("/services/chat")));
    chat.remind = 30min;
    office.add_route(chat);
    auto late = office.route_to(office.add_target("webhook", office.at("/hook")));
    late.escalate = 20min;
    office.add_route(late);
    const auto port = office.receiver->http();
    office.receiver.reset();
    office.record("opened");
    office.steps(40, 5min);
    office.record("updated");
    office.steps(20, 5min);
    const auto opened = office.ask("select body from delivery order by id limit 1");
    office.record("closed");
    office.step(1min);
    office.receiver.emplace(office.log, tests::secret, port);
    office.steps(24, 1h);
    Words said;
    for (const auto& line : tests::heard(office.log, "chat")) said.push_back(line["text"]);
    REQUIRE(said.size() == 3);
    CHECK(opened.find(said[0].substr(0, 40)) != std::string::npos);  // as it was written an hour before
    CHECK_THAT(said[0], Catch::Contains("Reports began to rise at 11:55 UTC on 22 January 2026"));
    CHECK_THAT(said[1],
               Catch::Contains("*Mail: users reported problems, 700 reports in 15 minutes; it is over*") &&
                   Catch::Contains("began at 11:55 UTC on 22 January 2026 and ended at 17:00 UTC"));
    CHECK_THAT(said[2], Catch::StartsWith("*Mail: reports are back to usual"));
    CHECK(office.types() == Words{"incident.updated", "incident.closed"});  // that nobody acknowledged is past
    CHECK(office.ask(
              "select string_agg(distinct n.kind || ' ' || d.why, ', ') from delivery d join notification n "
              "on n.id = d.notification_id where d.state = 'cancelled'") == "incident.escalated over");
}

TEST_CASE("nobody is paged for what is over; a page that may have arrived is ended") {
    Office office;
    const auto target = pager(office);
    SECTION("nothing had been tried") {
        office.record("opened");
        office.clock = live::Clock{noon + 20min, 0};
        office.record("closed");
        office.steps(10, 1min);
        CHECK(pages(office).empty());
        CHECK(office.sent(target, office.ask("select id from incident")).empty());
    }
    SECTION("it was tried while nobody answered") {
        const auto port = office.receiver->http();
        office.receiver.reset();
        office.record("opened");
        office.steps(20, 1min);
        office.record("closed");
        office.step(1min);
        office.receiver.emplace(office.log, tests::secret, port);
        office.steps(24, 1h);
        CHECK(pages(office) == Words{"resolve"});
    }
    SECTION("it is on its way while the end comes") {
        tests::LoopbackServer hangs([&](auto&, const std::string&) {
            office.record("closed", 1);
            office.database.run([&](Transaction& tx) {
                const notify::Ledger other([&] { return office.catalogue; }, app::make_phrase(), {}, 1);
                other.spread(tx, office.clock.now());
            });
        });
        office.ask("update notification_target set address = 'http://127.0.0.1:" +
                   std::to_string(hangs.port()) + "/' returning 1");
        office.record("opened");
        office.clock = live::Clock{noon + 1min, 0};
        office.step();
        CHECK(ends(office) == "cancelled over, waiting ");
        office.ask("update notification_target set address = '" + office.at("/v2/enqueue") + "' returning 1");
        office.step(1s);
        CHECK(pages(office) == Words{"resolve"});
    }
}

TEST_CASE("that nobody acknowledges it is told no more once somebody has") {
    Office office;
    auto late = office.route_to(office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'R')));
    late.escalate = 10min;
    office.add_route(late);
    const auto port = office.receiver->http();
    office.receiver.reset();
    const auto incident = office.record("opened");
    office.steps(12, 1min);
    CHECK(ends(office) == "waiting ");
    office.database.run([&](Transaction& tx) {
        CHECK(storage::acknowledge(tx, incident, {"mara", "on it", office.clock.now()}));
    });
    office.step(1min);
    CHECK(ends(office) == "cancelled acknowledged");
    office.receiver.emplace(office.log, tests::secret, port);
    office.steps(4, 1h);
    CHECK(pages(office).empty());
    office.record("closed");
    office.step();
    CHECK(pages(office) == Words{"resolve"});  // a try may have arrived though nobody answered
}

TEST_CASE("days are named when the end comes on another one") {
    Office office;
    office.hook();
    office.record("opened");
    office.step();
    office.clock = live::Clock{noon + 26h, 0};
    office.record("closed");
    office.step();
    CHECK(office.webhooks().back()["message"]["data"]["text"] ==
          "The rise that began at 11:55 UTC on 22 January 2026 ended at 14:00 UTC on 23 January 2026. At most "
          "1,960 "
          "reports in 15 minutes, at 14:00 UTC on 23 January 2026; 1,234 reports in all.");
}
