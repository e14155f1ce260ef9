// tests/integration/merged_news_test.cpp: of a part and its whole nobody hears twice, and nothing is lost; time
// is stepped.
#include <catch2/catch.hpp>

#include "tests/support/office.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using namespace nlohmann::json_literals;
using storage::Transaction;
using tests::noon, tests::Office;

namespace {

/// What the pager was told: "trigger whole", "resolve part".
tests::Words pages(const Office& office, const std::string& part) {
    tests::Words all;
    for (const auto& line : tests::heard(office.log, "pager")) {
        const bool of_part = line["event"]["dedup_key"] == "outcry-" + part;
        all.push_back(line["event"]["event_action"].get<std::string>() + (of_part ? " part" : " whole"));
    }
    return all;
}

}  // namespace

TEST_CASE("a merged incident pages nobody twice, and leaves no page open") {
    Office office;
    const auto both = office.hook();
    auto chat_only = office.route_to(office.add_target("slack", office.at("/services/chat")));
    chat_only.service = 2;
    office.add_route(chat_only);
    const auto pager = office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'R'));
    office.add_route(office.route_to(pager));
    const auto whole = office.record("opened", 1), part = office.record("opened", 2);
    office.step();
    office.step();
    office.clock = live::Clock{noon + 5min, 0};
    office.merge(part, whole);
    office.step();
    office.clock = live::Clock{noon + 200min, 0};
    office.record("updated", 2);  // half as much again
    office.step();
    office.clock = live::Clock{noon + 210min, 0};
    office.record("closed", 2);
    office.record("closed", 1);
    office.steps(3, 1min);

    CHECK(office.sent(both, whole) == "incident.opened incident.closed");
    CHECK(office.sent(both, part) == "incident.opened incident.merged");
    CHECK(office.sent(pager, part) == "incident.opened incident.merged");
    CHECK(office.sent(chat_only.target, part) == "incident.opened incident.updated incident.closed");
    std::string events;
    for (const auto& line : tests::heard(office.log, "pager")) {
        CHECK(line["errors"].empty());
        events += line["event"]["event_action"].get<std::string>() + ' ';
    }
    CHECK(events == "trigger trigger resolve resolve ");
    bool told = false;
    for (const auto& line : office.webhooks())
        if (line["type"] == "incident.merged") {
            told = true;
            const auto& data = line["message"]["data"];
            CHECK(data["incident"]["merged_into"]["id"] == whole);
            CHECK(data["incident"]["merged_into"]["url"] == "https://status.example.org/i/" + whole);
            CHECK_THAT(data["text"].get<std::string>(),
                       Catch::Contains("come under Mail") || Catch::Contains("under Mail"));
        }
    CHECK(told);
}

TEST_CASE(
    "what is held back of an incident, or waits for an acknowledgement, is not sent once it is a part of "
    "another") {
    Office office;
    auto late = office.route_to(office.add_target("slack", office.at("/services/late")));
    late.escalate = 10min;
    office.add_route(late);
    const auto told = office.hook();
    const auto whole = office.record("opened", 1);
    office.step();
    office.silence(2, noon + 8min);
    const auto part = office.record("opened", 2);
    office.step();
    office.clock = live::Clock{noon + 2min, 0};
    office.merge(part, whole);
    office.steps(4, 5min);
    CHECK(office.sent(told, part).empty());
    CHECK(office.ask("select string_agg(state || ' ' || held_by, ',') from delivery where incident_id = '" +
                     part + "'") == "waiting merge");
    // One escalation, of the whole.
    CHECK(
        office.ask(
            "select string_agg(incident_id::text, ',') from notification where kind = 'incident.escalated'") ==
        whole);
    office.record("closed", 1);
    office.steps(3, 1min);
    CHECK(office.sent(told, part) == "incident.opened");  // it goes on alone
    CHECK(office.sent(late.target, part) == "incident.escalated");
}

TEST_CASE("a part that goes on after its whole is told again: reminders, growth, the next in line, its end") {
    Office office;
    auto reminded = office.route_to(office.add_target("webhook", office.at("/hook")));
    reminded.remind = 30min;
    office.add_route(reminded);
    auto late = office.route_to(office.add_target("slack", office.at("/services/late")));
    late.escalate = 10min;
    late.service = 2;
    office.add_route(late);
    const auto whole = office.record("opened", 1), part = office.record("opened", 2);
    office.steps(2, 0ms);
    office.clock = live::Clock{noon + 2min, 0};
    office.merge(part, whole);
    office.database.run([&](Transaction& tx) {
        storage::acknowledge(tx, whole, {"mara", "", office.clock.now()});
    });
    office.steps(2, 10min);
    CHECK(office.sent(late.target, part).empty());  // somebody sees to both
    office.clock = live::Clock{noon + 25min, 0};
    office.record("closed", 1);
    office.steps(2, 1min);
    CHECK(office.sent(late.target, part) == "incident.escalated");
    office.steps(2, 5min);
    office.clock = live::Clock{noon + 40min, 0};
    office.record("updated", 2);
    office.steps(2, 1min);
    office.clock = live::Clock{noon + 50min, 0};
    office.record("closed", 2);
    office.steps(2, 1min);
    CHECK(
        office.sent(reminded.target, part) ==
        "incident.opened incident.merged incident.reopened incident.reminder incident.updated incident.closed");
    CHECK(office.sent(late.target, part) == "incident.escalated incident.closed");
}

TEST_CASE("an open incident does not come under one that is over; one that is over may") {
    Office office;
    const auto whole = office.record("opened", 1), part = office.record("opened", 2);
    office.clock = live::Clock{noon + 5min, 0};
    office.record("closed", 1);
    const auto merge = [&] {
        return office.database.run([&](Transaction& tx) {
            return storage::merge_incident(tx, part, whole, "mara", office.clock.now());
        });
    };
    CHECK_FALSE(merge());
    CHECK(office.ask("select count(*) from outbox where kind = 'incident.merged'") == "0");
    office.record("closed", 2);
    CHECK(merge());
}

TEST_CASE("when part and whole are both held back one of them is told, and the part when the whole ends") {
    Office office;
    const auto hook = office.hook();
    office.silence({}, noon + 10min);
    // The part opened first: the order of ids is not what decides.
    const auto part = office.record("opened", 2), whole = office.record("opened", 1);
    office.step();
    office.merge(part, whole);
    office.step();
    SECTION("the whole ends while both are held back") {
        office.clock = live::Clock{noon + 5min, 0};
        office.record("closed", 1);
        office.step();
        office.steps(4, 5min);
        CHECK(office.sent(hook, whole).empty());
        CHECK(office.sent(hook, part) == "incident.opened");
    }
    SECTION("the silence ends while both are open") {
        office.steps(4, 5min);
        CHECK(office.sent(hook, whole) == "incident.opened");
        CHECK(office.sent(hook, part).empty());
    }
}

TEST_CASE("who was told of the part is not paged for a whole that was held back, while the part is open") {
    Office office;
    const auto hook = office.hook();
    office.silence(1, noon + 10min);
    const auto whole = office.record("opened", 1), part = office.record("opened", 2);
    office.step();
    office.merge(part, whole);
    office.steps(4, 5min);
    CHECK(office.sent(hook, part) == "incident.opened");
    CHECK(office.sent(hook, whole).empty());
    office.record("closed", 2);
    office.steps(3, 1min);
    CHECK(office.sent(hook, part) == "incident.opened incident.closed");
    CHECK(office.sent(hook, whole) == "incident.opened");  // it is not over yet
}

TEST_CASE("what failed has told nobody: the part is told where the whole could not be") {
    Office office;
    const auto hook = office.hook();
    const auto whole = office.record("opened", 1);
    office.step();
    office.ask("update delivery set state = 'failed', why = 'refused' returning 1");
    office.silence(2, noon + 10min);
    const auto part = office.record("opened", 2);
    office.step();
    office.merge(part, whole);
    office.steps(3, 5min);
    CHECK(office.sent(hook, part) == "incident.opened");
}

TEST_CASE("a part that outlasts its whole pages again at once, and once; one that ends with it does not") {
    Office office;
    const auto pager = office.add_target("pagerduty", office.at("/v2/enqueue"), std::string(32, 'R'));
    office.add_route(office.route_to(pager));
    const auto hook = office.hook();
    const auto whole = office.record("opened", 1);
    office.steps(2, 0ms);
    const auto part = office.record("opened", 2);
    office.steps(2, 0ms);
    office.clock = live::Clock{noon + 2min, 0};
    office.merge(part, whole);
    office.steps(2, 0ms);
    const tests::Words before{"trigger whole", "trigger part", "resolve part"};
    CHECK(pages(office, part) == before);
    office.clock = live::Clock{noon + 10min, 0};
    SECTION("it goes on") {
        office.record("updated", 2);  // grows in the minute that ends the whole
        office.record("closed", 1);
        office.steps(2, 0ms);
        CHECK(office.sent(pager, whole) == "incident.opened incident.closed");
        CHECK(office.sent(pager, part) == "incident.opened incident.merged incident.reopened");
        CHECK(office.sent(hook, part) == "incident.opened incident.merged incident.reopened");
        office.steps(10, 1min);
        office.notifier = office.make_notifier(1);
        office.steps(10, 1min);
        const auto again = tests::heard(office.log, "pager");
        REQUIRE(again.size() == 5);
        bool found = false;
        for (const auto& line : again)
            found = found || line["event"].value("/payload/summary"_json_pointer, "") ==
                                 "Chat: users still report problems, Mail is over";
        CHECK(found);
        office.record("closed", 2);
        office.step(1min);
        CHECK(office.sent(pager, part) == "incident.opened incident.merged incident.reopened incident.closed");
        CHECK(pages(office, part).back() == "resolve part");
    }
    SECTION("both end together") {
        office.record("closed", 1);
        office.record("closed", 2);
        office.steps(30, 1min);
        CHECK(pages(office, part) ==
              tests::Words{"trigger whole", "trigger part", "resolve part", "resolve whole"});
        CHECK(office.sent(hook, part) == "incident.opened incident.merged");
    }
    SECTION("it ends before anybody could be told that it goes on") {
        office.record("closed", 1);
        office.clock = live::Clock{noon + 30min, 0};
        office.record("closed", 2);
        office.steps(30, 1min);
        CHECK(pages(office, part) ==
              tests::Words{"trigger whole", "trigger part", "resolve part", "resolve whole"});
    }
    SECTION("a silence holds it back, and it is over by then") {
        office.silence(2, noon + 20min);
        office.record("closed", 1);
        office.steps(5, 1min);
        office.record("closed", 2);
        office.steps(30, 1min);
        CHECK(office.sent(pager, part) == "incident.opened incident.merged");
    }
    SECTION("a silence holds it back until it ends") {
        office.silence(2, noon + 20min);
        office.record("closed", 1);
        office.steps(9, 1min);
        CHECK(office.sent(pager, part) == "incident.opened incident.merged");
        office.steps(3, 1min);
        CHECK(office.sent(pager, part) == "incident.opened incident.merged incident.reopened");
    }
}

TEST_CASE(
    "a merge that nobody had heard of when the whole ended is not told any more, and neither is that it "
    "ended") {
    Office office;
    const auto hook = office.hook();
    const auto whole = office.record("opened", 1), part = office.record("opened", 2);
    office.steps(2, 0ms);
    const auto port = office.receiver->http();
    office.receiver.reset();
    office.clock = live::Clock{noon + 1min, 0};
    office.record("updated", 2);  // waits, and so does whatever comes after it
    office.step();
    office.merge(part, whole);
    office.step();
    office.clock = live::Clock{noon + 3min, 0};
    office.record("closed", 1);
    office.step();
    office.receiver.emplace(office.log, tests::secret, port);
    office.steps(20, 1min);
    CHECK(office.sent(hook, part) == "incident.opened incident.updated");
    CHECK(office.sent(hook, whole) == "incident.opened incident.closed");
}
