// tests/unit/analytics/board_test.cpp: absolute totals in any order, judged minute by minute, in any pieces.
#include "analytics/board.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace outcry;
using namespace outcry::analytics;
using namespace std::chrono_literals;

namespace {

const Minute start{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};

Monitor fresh() {
    return Monitor{DetectorSettings{}, nullptr, start};
}

}  // namespace

TEST_CASE("totals are absolute: the same bin again changes nothing, a new one replaces it") {
    Board board;
    board.add(1, fresh());
    board.apply(1, {.minute = start + 3min, .reports = 2});
    const auto version = board.version(1);
    board.apply(1, {.minute = start + 3min, .reports = 2});
    CHECK(board.version(1) == version);
    board.apply(1, {.minute = start + 1min, .reports = 5, .works = 1});
    board.apply(1, {.minute = start + 3min, .reports = 4});
    CHECK(board.version(1) > version);
    const auto bins = board.bins(1, start, start + 5min);
    REQUIRE(bins.size() == 5);
    CHECK(bins[1] == Bin{.minute = start + 1min, .reports = 5, .works = 1});
    CHECK(bins[2] == Bin{.minute = start + 2min});
    CHECK(bins[3].reports == 4);
    CHECK(board.standing(1).running == 9);
    board.advance(start + 2min);
    CHECK(board.standing(1).running == 4);
    CHECK(board.standing(1).verdict.observed == 5);
}

TEST_CASE("an unknown service is nothing, and no trouble") {
    Board board;
    board.apply(9, {.minute = start, .reports = 2});
    CHECK(board.monitor(9) == nullptr);
    CHECK(board.bins(9, start, start + 1h).empty());
    CHECK(board.version(9) == 0);
    board.add(9, fresh());
    board.remove(9);
    CHECK_FALSE(board.contains(9));
}

TEST_CASE("a monitor steps over the same bins as the board, and pieces make no difference") {
    std::mt19937 random{3};
    Board whole, pieces;
    auto alone = fresh();
    whole.add(1, fresh());
    pieces.add(1, fresh());
    std::vector<Transition> of_whole, of_pieces;
    const Minute end = start + 5 * 24h;
    for (Minute at = start; at < end; at += 1min) {
        const bool outage = at >= start + 4 * 24h && at < start + 4 * 24h + 90min;
        const auto count = static_cast<std::uint32_t>(outage ? 20 + random() % 10 : random() % 3);
        alone.step(count);
        whole.apply(1, {.minute = at, .reports = count});
        pieces.apply(1, {.minute = at, .reports = count});
        if (random() % 50 == 0)
            for (auto& transition : pieces.advance(at + 1min)) of_pieces.push_back(transition);
    }
    of_whole = whole.advance(end);
    for (auto& transition : pieces.advance(end)) of_pieces.push_back(transition);
    CHECK(whole.monitor(1)->save() == alone.save());
    CHECK(pieces.monitor(1)->save() == alone.save());
    REQUIRE(of_whole.size() == of_pieces.size());
    int opened = 0, closed = 0;
    for (std::size_t i = 0; i < of_whole.size(); ++i) {
        CHECK(of_whole[i].at == of_pieces[i].at);
        CHECK(of_whole[i].to == of_pieces[i].to);
        opened += of_whole[i].opened;
        closed += of_whole[i].closed;
    }
    CHECK(opened == 1);
    CHECK(closed == 1);
    CHECK(whole.bins(1, start, end).size() == 48 * 60);  // older ones are forgotten
}

TEST_CASE("settings begin to hold at their minute, whenever they were told") {
    const DetectorSettings strict{.false_alarms_per_year = 0.05, .least_reports = 1000};
    Board early, late;
    early.add(1, fresh());
    late.add(1, fresh());
    early.set(1, strict, start + 2h);
    early.advance(start + 4h);
    late.advance(start + 2h);
    late.set(1, strict, start + 2h);
    late.advance(start + 4h);
    CHECK(early.monitor(1)->save() == late.monitor(1)->save());
    CHECK(early.monitor(1)->verdict().threshold > fresh().verdict().threshold);
}

TEST_CASE("changes come in order of time, then service") {
    Board board;
    for (const ServiceId service : {3, 1, 2}) board.add(service, fresh());
    for (Minute at = start; at < start + 24h; at += 1min)
        for (const ServiceId service : {1, 2, 3}) board.apply(service, {.minute = at, .reports = 1});
    for (const ServiceId service : {1, 2, 3})
        for (int i = 0; i < 30; ++i)
            board.apply(service, {.minute = start + 24h + std::chrono::minutes{i + (service == 1 ? 5 : 0)},
                                  .reports = 60});
    const auto transitions = board.advance(start + 25h);
    REQUIRE(transitions.size() > 3);
    CHECK(std::is_sorted(transitions.begin(), transitions.end(), [](const Transition& a, const Transition& b) {
        return a.at != b.at ? a.at < b.at : a.service < b.service;
    }));
}
