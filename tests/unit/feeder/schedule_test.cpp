// tests/unit/feeder/schedule_test.cpp: counts come out exactly, smoothly, with the right shares, the same every
// time.
#include "server/feeder/schedule.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

using namespace outcry;
using namespace outcry::feeder;
using namespace std::chrono_literals;

namespace {

const Window noon = window_of(parse_time("2026-01-22T12:00:00Z"));

Scenario rise() {
    Scenario scenario;
    int i = 0;
    for (const double count : {25., 30., 270., 2500., 7000., 13500., 15792., 15890., 14100.}) {
        scenario.counts[noon + Window::duration{i++}] = count;
    }
    scenario.categories = {{"mail", .55}, {"login", .25}, {"unknown-here", .15}};
    scenario.messages = {{"451 4.3.2", .1}, {"say \"no\"", .05}};
    return scenario;
}

std::vector<Tap> taps(const Schedule& schedule, Time from, Time until) {
    std::vector<Tap> all;
    for (auto minute = minute_of(from); minute < until; minute += 1min) {
        const auto some = schedule.taps_of(minute);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace

TEST_CASE("every quarter hour of a curve sums up to its count") {
    const auto counts = rise().counts;
    const Curve curve(counts, 1);
    for (const auto& [window, count] : counts) {
        CHECK(curve.reports_before(Time{window + Window::duration{1}}) - curve.reports_before(Time{window}) ==
              count);
    }
    CHECK(curve.reports_before(Time{noon}) == 0);
    CHECK(curve.reports_before(Time{noon} + 24h) == curve.total());
}

TEST_CASE("a scaled curve loses nothing to rounding over time") {
    const auto counts = rise().counts;
    double sum = 0;
    for (const auto& [window, count] : counts) sum += count;
    CHECK(static_cast<double>(Curve(counts, .03).total()) == std::round(sum * .03));
}

TEST_CASE(
    "a curve rises without steps: neighbouring minutes differ little, and no quarter hour in between tops the "
    "peak by much") {
    const auto counts = rise().counts;
    const Curve curve(counts, 1);
    const auto in_minutes = [&](Time at, int minutes) {
        return static_cast<double>(curve.reports_before(at + minutes * 1min) - curve.reports_before(at));
    };
    double highest = 0;
    for (Time at = Time{noon} + 45min; at < Time{noon} + 120min; at += 1min) {
        const double before = in_minutes(at, 1), after = in_minutes(at + 1min, 1);
        CHECK(after / before < 1.2);
        CHECK(after / before > 0.9);
        highest = std::max(highest, in_minutes(at, 15));
    }
    CHECK(highest < 15'890 * 1.02);
}

TEST_CASE("taps are the counts of the curve, in order of time, with categories and messages by share") {
    Schedule schedule;
    const auto service = schedule.add_service("outlook", {"mail", "login", "other"});
    schedule.follow(service, rise(), 1);
    const auto all = taps(schedule, Time{noon}, Time{noon} + 9 * 15min);
    REQUIRE(all.size() == Curve(rise().counts, 1).total());
    CHECK(std::is_sorted(all.begin(), all.end(), [](const Tap& a, const Tap& b) { return a.at < b.at; }));

    std::map<std::string, double> share;
    for (const auto& tap : all) share[schedule.bodies()[tap.body]] += 1. / static_cast<double>(all.size());
    CHECK(share.at(R"({"category":"mail"})") == Approx(.55 * .85).epsilon(.03));
    CHECK(share.at(R"({"category":"login","message":"451 4.3.2"})") == Approx(.25 * .1).epsilon(.1));
    CHECK(share.at(R"({"category":"mail","message":"say \"no\""})") == Approx(.55 * .05).epsilon(.1));
    CHECK(share.at("{}") == Approx(.2 * .85).epsilon(.05));  // a category that is not offered is left out
}

TEST_CASE("regions come by share beside what else is said") {
    Schedule schedule;
    auto scenario = rise();
    scenario.messages.clear();
    scenario.regions = {{"US-CA", .6}, {"DE", .1}};
    schedule.follow(schedule.add_service("outlook", {"mail"}), scenario, 1);
    const auto all = taps(schedule, Time{noon}, Time{noon} + 9 * 15min);
    std::map<std::string, double> share;
    for (const auto& tap : all) share[schedule.bodies()[tap.body]] += 1. / static_cast<double>(all.size());
    CHECK(share.at(R"({"category":"mail","region":"US-CA"})") == Approx(.55 * .6).epsilon(.03));
    CHECK(share.at(R"({"category":"mail"})") == Approx(.55 * .3).epsilon(.05));
    CHECK(share.at(R"({"region":"DE"})") == Approx(.45 * .1).epsilon(.1));
}

TEST_CASE("everyone who taps within a quarter hour is someone else, and no network has nine of them") {
    Schedule schedule;
    schedule.follow(schedule.add_service("a", {}), rise(), 1);
    schedule.keep_ordinary(schedule.add_service("b", {}), Ordinary(2'000, 0min, 1));
    const auto all = taps(schedule, Time{noon} + 105min, Time{noon} + 120min);
    REQUIRE(all.size() > 15'890);
    std::set<std::string> addresses;
    std::map<std::string, int> networks;
    for (const auto& tap : all) {
        const auto address = address_of(tap.person);
        addresses.insert(address);
        ++networks[address.substr(0, address.rfind('.'))];
    }
    CHECK(addresses.size() == all.size());
    CHECK(networks.size() > 10'000);
    for (const auto& [network, people] : networks) CHECK(people <= 8);
}

TEST_CASE("addresses of people are theirs alone") {
    std::set<std::string> addresses;
    for (std::uint32_t person = 0; person < 200'000; ++person) addresses.insert(address_of(person * 641));
    CHECK(addresses.size() == 200'000);
}

TEST_CASE("ordinary reports come before and after a scenario, not during it") {
    Schedule schedule;
    const auto service = schedule.add_service("a", {});
    auto scenario = rise();
    for (auto& [window, count] : scenario.counts) count = 15;
    schedule.follow(service, scenario, 1);
    schedule.keep_ordinary(service, Ordinary(3'000, 0min, 1));
    CHECK(taps(schedule, Time{noon} - 15min, Time{noon}).size() > 1'000);
    CHECK(taps(schedule, Time{noon}, Time{noon} + 9 * 15min).size() == 9 * 15);
    CHECK(taps(schedule, Time{noon} + 9 * 15min, Time{noon} + 10 * 15min).size() > 1'000);
}

TEST_CASE("ordinary days have a rhythm, slow changes, more scatter than chance, and are the same every time") {
    const Ordinary ordinary(300, -5h, 42), same(300, -5h, 42), other(300, -5h, 43);
    const auto count = [](const Ordinary& of, Minute from, int minutes) {
        std::uint64_t sum = 0;
        for (int i = 0; i < minutes; ++i) sum += of.reports(from + i * 1min);
        return sum;
    };
    const auto thursday = Minute{std::chrono::floor<std::chrono::minutes>(Time{noon})} - 12h;
    CHECK(count(ordinary, thursday, 1'440) == count(same, thursday, 1'440));
    CHECK(count(ordinary, thursday, 1'440) != count(other, thursday, 1'440));

    const auto afternoon = count(ordinary, thursday + 19h, 120), night = count(ordinary, thursday + 7h, 120);
    CHECK(afternoon > 4 * night);
    CHECK(afternoon == Approx(300. / 15 * 120).epsilon(.3));
    double working = 0, weekend = 0;
    for (int week = 0; week < 4; ++week) {
        working += static_cast<double>(count(ordinary, thursday + week * 168h + 5h, 1'440));
        weekend += static_cast<double>(count(ordinary, thursday + week * 168h + 53h, 1'440));
    }
    CHECK(weekend / working == Approx(.75).epsilon(.08));

    double squares = 0, means = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto at = thursday + i * 1min;
        const double mean = ordinary.expected(at), off = ordinary.reports(at) - mean;
        squares += off * off;
        means += mean;
    }
    CHECK(squares / means == Approx(1.25).epsilon(.05));
    CHECK(rhythm(thursday + 15h) == Approx(1));
}
