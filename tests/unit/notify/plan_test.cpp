// tests/unit/notify/plan_test.cpp: who is told, when, and what keeps it back; time is stepped.
#include "server/notify/plan.hpp"

#include <catch2/catch.hpp>

#include "server/notify/schedule.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using notify::Subject;
using storage::AlertRoute;
using storage::News;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const Subject mail{.service = 1, .parent = 9, .group = "Office", .region = ""};

storage::Target target(int id, const std::string& kind = "webhook") {
    storage::Target one;
    one.id = id;
    one.kind = kind;
    return one;
}

AlertRoute route(int to) {
    AlertRoute one;
    one.id = to;
    one.target = to;
    return one;
}

notify::Rules rules(std::vector<AlertRoute> routes,
                    std::vector<storage::Target> targets = {target(1), target(2)}) {
    notify::Rules all;
    all.routes = std::move(routes);
    all.targets = std::move(targets);
    all.quiet.offset = [](const std::string& zone, Time) {
        return zone == "Europe/Berlin" ? std::chrono::seconds{1h} : 0s;
    };
    return all;
}

News news(const std::string& kind) {
    News one;
    one.kind = "incident." + kind;
    one.incident = "i";
    one.service = 1;
    return one;
}

/// "1", "2 silence +60": the targets that are told, held by what, until how many minutes after noon.
std::vector<std::string> told(const std::string& kind, const notify::Rules& all, const Subject& subject = mail,
                              Time now = noon) {
    std::vector<std::string> words;
    for (const auto& telling : notify::plan(news(kind), subject, all, now)) {
        auto word = std::to_string(telling.target);
        if (!telling.held_by.empty())
            word += ' ' + telling.held_by + " +" + std::to_string((telling.due - noon) / 1min);
        words.push_back(word + (telling.only_if_told ? " if told" : ""));
    }
    return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a route lets through what is of its service, its parts, its group and its region") {
    auto own = route(1);
    for (const auto& [service, hears] : {std::pair{1, true}, std::pair{9, true}, std::pair{2, false}}) {
        own.service = service;
        CHECK(notify::matches(own, mail) == hears);
    }
    own = route(1);
    own.group = "Office";
    CHECK(notify::matches(own, mail));
    own.group = "office";
    CHECK_FALSE(notify::matches(own, mail));
    own = route(1);
    own.severity = 50;
    CHECK_FALSE(notify::matches(own, mail));
    CHECK(notify::matches(own, {.service = 1, .parent = {}, .group = "", .region = "", .severity = 50}));
    own = route(1);
    own.region = "EU";
    CHECK_FALSE(notify::matches(own, mail));
    CHECK(notify::matches(own, {.service = 1, .parent = {}, .group = "", .region = "EU"}));
}

TEST_CASE("a target is told once, however many of its routes match, and not while it is off") {
    auto all = rules({route(1), route(1), route(2)});
    CHECK(told("opened", all) == Words{"1", "2"});
    CHECK(told("updated", all) == Words{"1 if told", "2 if told"});
    CHECK(told("closed", all) == Words{"1 if told", "2 if told"});
    all.targets[1].off_since = noon;
    CHECK(told("opened", all) == Words{"1"});
}

TEST_CASE("the end is told to who was told, whatever has become of the lines") {
    auto abroad = route(1);
    abroad.region = "US";
    auto all = rules({abroad, route(2)});
    CHECK(told("updated", all) == Words{"2 if told"});
    CHECK(told("closed", all) == Words{"2 if told", "1 if told"});
    CHECK(told("merged", all) == Words{"2 if told", "1 if told"});
    all.quiet.silences = {{.id = 1, .starts = noon, .ends = noon + 1h, .reason = "x", .by_whom = "y"}};
    CHECK(told("closed", all) == Words{"2 silence +60 if told", "1 silence +60 if told"});
    all.targets[0].off_since = noon;
    CHECK(told("closed", all) == Words{"2 silence +60 if told"});
}

TEST_CASE("what time brings comes by the line that lets it through soonest") {
    auto nights = route(1), days = route(1);
    nights.severity = days.severity = 2;
    nights.quiet = storage::QuietHours{.from = 11h, .to = 14h, .zone = "UTC"};
    const storage::Unfinished incident{.id = "i", .service = 1, .opened = noon};
    auto large = mail;
    large.severity = 5;
    const auto due = [&](const notify::Rules& all) {
        const auto found = notify::watch(incident, large, all, noon);
        REQUIRE(found.size() == 1);
        CHECK(found[0].news.kind == "incident.opened");
        return found[0].telling.due;
    };
    CHECK(due(rules({nights})) == noon + 2h);
    CHECK(due(rules({nights, days})) == noon);
}

TEST_CASE("a part that goes on alone is told of as open again, once and when it may") {
    storage::Unfinished incident{.id = "i", .service = 1, .opened = noon};
    auto all = rules({route(1)});
    CHECK(notify::watch(incident, mail, all, noon + 9min).empty());
    incident.alone_since = noon + 8min;
    const auto again = notify::watch(incident, mail, all, noon + 9min);
    REQUIRE(again.size() == 1);
    CHECK(again[0].news.kind == "incident.reopened");
    CHECK(again[0].news.at == noon + 8min);
    CHECK(again[0].telling.only_if_told);
    all.quiet.silences = {{.id = 1, .starts = noon, .ends = noon + 1h, .reason = "x", .by_whom = "y"}};
    CHECK(notify::watch(incident, mail, all, noon + 9min)[0].telling.due == noon + 1h);
}

TEST_CASE("an escalation route hears of what nobody acknowledged in time") {
    auto later = route(2);
    later.escalate = 10min;
    const auto all = rules({route(1), later});
    CHECK(told("opened", all) == Words{"1"});
    storage::Unfinished incident{.id = "i", .service = 1, .opened = noon, .acknowledged = false};
    CHECK(notify::watch(incident, mail, all, noon + 10min - 1ms).empty());
    const auto escalated = notify::watch(incident, mail, all, noon + 10min);
    REQUIRE(escalated.size() == 1);
    CHECK(escalated[0].news.kind == "incident.escalated");
    CHECK(escalated[0].news.at == noon + 10min);
    CHECK(escalated[0].telling.target == 2);
    // The same news again later, so that it is told once.
    CHECK(notify::watch(incident, mail, all, noon + 5h)[0].news.at == noon + 10min);
    incident.acknowledged = true;
    CHECK(notify::watch(incident, mail, all, noon + 10min).empty());
}

TEST_CASE("reminders come at whole multiples of their span, for as long as an incident lasts") {
    auto nagging = route(1);
    nagging.remind = 60min;
    const auto all = rules({nagging});
    const storage::Unfinished incident{.id = "i", .service = 1, .opened = noon, .acknowledged = true};
    CHECK(notify::watch(incident, mail, all, noon + 59min).empty());
    CHECK(notify::watch(incident, mail, all, noon + 60min).at(0).news.at == noon + 60min);
    CHECK(notify::watch(incident, mail, all, noon + 119min).at(0).news.at == noon + 60min);
    CHECK(notify::watch(incident, mail, all, noon + 200min).at(0).news.at == noon + 180min);
    CHECK(notify::watch(incident, mail, all, noon + 60min).at(0).telling.only_if_told);
}

TEST_CASE("announced work holds openings back until it ends, and leaves updates out") {
    auto all = rules({route(1)});
    all.quiet.maintenances = {
        {.id = 1, .service = 1, .starts = noon, .ends = noon + 60min, .title = "x", .by_whom = "y"}};
    CHECK(told("opened", all, mail, noon - 1ms) == Words{"1"});
    CHECK(told("opened", all) == Words{"1 maintenance +60"});
    CHECK(told("updated", all) == Words{});
    CHECK(told("closed", all) == Words{"1 maintenance +60 if told", "2 maintenance +60 if told"});
    CHECK(told("opened", all, mail, noon + 60min) == Words{"1"});
    all.quiet.maintenances[0].service = 9;  // its parent
    CHECK(told("opened", all) == Words{"1 maintenance +60"});
    all.quiet.maintenances[0].service = 2;
    CHECK(told("opened", all) == Words{"1"});
}

TEST_CASE("a closing ends a page at any hour") {
    auto all = rules({route(1)}, {target(1, "pagerduty")});
    all.quiet.silences = {{.id = 1, .starts = noon, .ends = noon + 1h, .reason = "x", .by_whom = "y"}};
    CHECK(told("opened", all) == Words{"1 silence +60"});
    CHECK(told("closed", all) == Words{"1 if told"});
}

TEST_CASE("silences hold for a service, a group or everything; the longest hold counts") {
    auto all = rules({route(1)});
    storage::Silence silence{.id = 1, .starts = noon, .ends = noon + 30min, .reason = "x", .by_whom = "y"};
    silence.group = "Games";
    all.quiet.silences = {silence};
    CHECK(told("opened", all) == Words{"1"});
    silence.group = "Office";
    all.quiet.silences = {silence};
    CHECK(told("opened", all) == Words{"1 silence +30"});
    silence.group.clear();
    silence.service = 2;
    all.quiet.silences = {silence};
    CHECK(told("opened", all) == Words{"1"});
    silence.service.reset();
    all.quiet.silences = {silence};
    all.quiet.maintenances = {
        {.id = 1, .service = 1, .starts = noon, .ends = noon + 90min, .title = "x", .by_whom = "y"}};
    CHECK(told("opened", all) == Words{"1 maintenance +90"});
}

TEST_CASE("quiet hours are of a route, in its zone, and may pass midnight") {
    auto nights = route(1);
    nights.quiet = storage::QuietHours{.from = 22h, .to = 7h, .zone = "Europe/Berlin"};
    const auto until = [&](Time now) { return notify::quiet_until(*nights.quiet, 1h, now); };
    CHECK_FALSE(until(noon));
    CHECK_FALSE(until(noon + 9h - 1ms));           // 21:59:59 in Berlin
    CHECK(until(noon + 9h) == noon + 18h);         // 22:00 → 07:00
    CHECK(until(noon + 12h + 30s) == noon + 18h);  // 01:00
    CHECK(until(noon + 18h - 1ms) == noon + 18h);
    CHECK_FALSE(until(noon + 18h));
    const storage::QuietHours lunch{.from = 12h, .to = 13h, .zone = "UTC"};
    CHECK(notify::quiet_until(lunch, 0s, noon + 20min) == noon + 60min);
    CHECK_FALSE(notify::quiet_until(lunch, 0s, noon - 1min));

    const auto all = rules({nights, route(2)});
    CHECK(told("opened", all, mail, noon + 9h) == Words{"1 quiet hours +1080", "2"});
    // Another route to the same target that has no quiet hours lets it hear at once.
    CHECK(told("opened", rules({nights, route(1)}), mail, noon + 9h) == Words{"1"});
    const auto held = [&](int target, const notify::Rules& lines, Time now) {
        return notify::still_held(target, "incident.opened", mail, lines, now);
    };
    CHECK(held(1, all, noon + 10h)->by == "quiet hours");
    CHECK_FALSE(held(1, all, noon + 18h));
    CHECK_FALSE(held(2, all, noon + 10h));
    // A line that hears of something else lets nothing out.
    auto late = route(1);
    late.escalate = 10min;
    CHECK(held(1, rules({nights, late}), noon + 10h)->by == "quiet hours");
    CHECK(notify::is_let_through(1, "incident.opened", mail, rules({nights, late})));
    CHECK_FALSE(notify::is_let_through(1, "incident.opened", mail, rules({late})));
    CHECK(notify::is_let_through(1, "incident.escalated", mail, rules({late})));
}

TEST_CASE("the retry schedule is the one of Standard Webhooks") {
    std::vector<long> seconds;
    for (int attempts = 0; notify::pause_after(attempts); ++attempts)
        seconds.push_back(notify::pause_after(attempts)->count());
    CHECK(seconds == std::vector<long>{0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400});
    CHECK_FALSE(notify::pause_after(10));
}
