// tests/bench/tick/tick.cpp: how long the board takes to judge one minute of very many services and regions.
#include <fmt/core.h>
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "analytics/board.hpp"

using namespace outcry;
using namespace outcry::analytics;
using std::chrono::minutes;

namespace {

constexpr double everyday = 12 * 60;  // reports a minute of the whole installation
constexpr int classes = 24;           // services of like rate have learned the same
const Minute monday{std::chrono::sys_days{std::chrono::year{2026} / 2 / 2}};
const Minute ready = monday + std::chrono::days{3};  // what they have seen

/// Of this thread: others on the machine do not count.
double cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

RegionKey region(int number) {
    return region_key(fmt::format("US-{:02}", number));
}

struct Installation {
    Installation(int number, int each)
        : services(number), regions(each), rates(static_cast<std::size_t>(number)) {
        double harmonic = 0;
        for (int i = 0; i < services; ++i) harmonic += 1. / (i + 1);
        for (int i = 0; i < services; ++i) rates[static_cast<std::size_t>(i)] = everyday / harmonic / (i + 1);
        shares.resize(static_cast<std::size_t>(regions));
        for (int r = 0; r < regions; ++r) shares[static_cast<std::size_t>(r)] = 1. / (r + 1);
        place = std::discrete_distribution<int>(shares.begin(), shares.end());
    }

    /// The learned state of a service of this rate; every region has been named at least once.
    std::string learned(double rate) {
        Monitor monitor(DetectorSettings{}, nullptr, monday);
        std::vector<RegionCount> named;
        for (Minute at = monday; at < ready; at += minutes{1}) {
            draw(rate, named);
            if (at == monday)
                for (int r = 0; r < regions; ++r) named.push_back({region(r), 1});
            std::sort(named.begin(), named.end(), [](auto& a, auto& b) { return a.region < b.region; });
            named.erase(
                std::unique(named.begin(), named.end(), [](auto& a, auto& b) { return a.region == b.region; }),
                named.end());
            std::uint32_t sum = 0;
            for (const auto& [key, count] : named) sum += count;
            monitor.step(sum, named);
        }
        return monitor.save();
    }

    /// Regions of one minute, in order.
    void draw(double rate, std::vector<RegionCount>& named) {
        named.clear();
        const int count = std::poisson_distribution<int>(rate)(random);
        for (int i = 0; i < count; ++i) {
            const auto key = region(place(random));
            const auto found = std::lower_bound(named.begin(), named.end(), key,
                                                [](const RegionCount& a, RegionKey b) { return a.region < b; });
            if (found != named.end() && found->region == key)
                ++found->count;
            else
                named.insert(found, {key, 1});
        }
    }

    int services, regions;
    std::vector<double> rates, shares;
    std::discrete_distribution<int> place;
    std::mt19937_64 random{1};
};

/// Fills one minute of the board; returns the cells touched.
template <class Rate>
std::size_t fill(Installation& town, Board& board, Minute minute, Rate rate) {
    std::size_t cells = 0;
    std::vector<RegionCount> named;
    for (int i = 0; i < town.services; ++i) {
        town.draw(rate(i), named);
        std::uint32_t sum = 0;
        for (const auto& count : named) board.apply(i + 1, RegionBin{minute, count}), sum += count.count;
        if (sum > 0) board.apply(i + 1, Bin{.minute = minute, .reports = sum});
        cells += named.size();
    }
    return cells;
}

struct Figures {
    std::vector<double> ms;
    std::size_t cells = 0;
    void print(const char* name) {
        std::sort(ms.begin(), ms.end());
        fmt::print("{:<52} {:>9} {:>8.1f} {:>8.1f}\n", name, cells / ms.size(), ms[ms.size() / 2], ms.back());
    }
};

double judge(Board& board, Minute until) {
    const double before = cpu_ms();
    board.advance(until);
    return cpu_ms() - before;
}

}  // namespace

int main(int count, char** arguments) {
    const int services = count > 1 ? std::atoi(arguments[1]) : 33000,
              regions = count > 2 ? std::atoi(arguments[2]) : 50;
    Installation town(services, regions);
    std::vector<std::string> states;
    const double slowest = std::log(town.rates.back()), fastest = std::log(town.rates.front());
    for (int c = 0; c < classes; ++c)
        states.push_back(town.learned(std::exp(slowest + (fastest - slowest) * (c + .5) / classes)));
    const auto empty = mallinfo2().uordblks + mallinfo2().hblkhd;
    Board board;
    for (int i = 0; i < services; ++i) {
        const double rate = std::log(town.rates[static_cast<std::size_t>(i)]);
        const auto c =
            std::clamp(static_cast<int>((rate - slowest) / (fastest - slowest) * classes), 0, classes - 1);
        board.add(i + 1, Monitor::restore(states[static_cast<std::size_t>(c)], DetectorSettings{}, nullptr));
    }
    const auto held = mallinfo2().uordblks + mallinfo2().hblkhd - empty;
    fmt::print("{} services with {} regions each: {:.0f} MB, {:.1f} kB a service, {:.1f} kB of it saved\n",
               services, regions, static_cast<double>(held) / 1e6, static_cast<double>(held) / services / 1e3,
               static_cast<double>(states.front().size()) / 1e3);
    fmt::print("{:<52} {:>9} {:>8} {:>8}\n", "a minute's tick, ms of CPU on one core", "cells", "median",
               "most");

    Minute at = ready;
    Figures ordinary, quarter, outage, all;
    const auto usual = [&](int i) { return town.rates[static_cast<std::size_t>(i)]; };
    for (int i = 0; i < 60; ++i, at += minutes{1}) {
        auto& figures = (at + minutes{1}).time_since_epoch().count() % 15 <= 1 ? quarter : ordinary;
        figures.cells += fill(town, board, at, usual);
        figures.ms.push_back(judge(board, at + minutes{1}));
    }
    // A cloud provider fails: every twentieth service, busy ones among them, gets reports from all over.
    for (int i = 0; i < 20; ++i, at += minutes{1}) {
        outage.cells +=
            fill(town, board, at, [&](int s) { return s % 20 == 3 ? usual(s) * 20 + 100 : usual(s); });
        outage.ms.push_back(judge(board, at + minutes{1}));
    }
    for (int i = 0; i < 3; ++i, at += minutes{1}) {
        for (int s = 1; s <= services; ++s) {
            for (int r = 0; r < regions; ++r) board.apply(s, RegionBin{at, {region(r), 1}});
            board.apply(s, Bin{.minute = at, .reports = static_cast<std::uint32_t>(regions)});
        }
        all.cells += static_cast<std::size_t>(services) * static_cast<std::size_t>(regions);
        all.ms.push_back(judge(board, at + minutes{1}));
    }
    ordinary.print("everyday, 12 reports a second");
    quarter.print("… when a quarter-hour ends or begins");
    outage.print("a large outage: a twentieth of the services");
    all.print("every region of every service has a report");
    const bool held_out = ordinary.ms.back() <= 50 && outage.ms.back() <= 50;
    return held_out ? 0 : 1;
}
