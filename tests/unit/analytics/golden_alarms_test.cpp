// tests/unit/analytics/golden_alarms_test.cpp: eight weeks of made-up series give the same alarms, to the byte,
// in every build, whole or cut in pieces; and a series keeps to its memory.
#include <malloc.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iomanip>
#include <sstream>

#include "analytics/monitor.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};

/// From a report in five hours to thirty a minute, an outage every other day, and a bursty series at the end.
constexpr double rates[]{.003, .03, .3, 3, 30, .5};
constexpr int bursty = 5;

class Story {
 public:
    explicit Story(int series)
        : series_(series), counts_(900 + static_cast<std::uint64_t>(series)), random_(7) {}

    std::uint32_t count(Minute at) {
        const auto minute = (at - monday).count();
        const bool out = minute % 2880 >= 1500 && minute % 2880 < 1500 + 20 * (1 + minute / 2880 % 5);
        const double rate = rates[series_];
        auto count = counts_(rate * synthetic::rhythm(at) + (out ? 6 * (rate + .1) : 0));
        if (series_ == bursty && random_() % 97 == 0) {
            const auto size = random_() % 9;  // drawn first: the order within one expression is the compiler's
            count += random_() % (1u << size);
        }
        return count;
    }

 private:
    int series_;
    synthetic::Counts counts_;
    std::mt19937 random_;
};

/// What the alarms of one series are, a line each; `cuts`: the state is saved and restored now and then.
std::string alarms(int series, bool cuts) {
    Monitor monitor({.least_reports = 1}, nullptr, monday);
    Story story(series);
    std::mt19937 random(static_cast<unsigned>(series));
    std::ostringstream lines;
    lines << std::fixed << std::setprecision(3);
    for (Minute at = monday; at < monday + days{56}; at += 1min) {
        monitor.step(story.count(at));
        const auto& incident = monitor.incident();
        if (incident.phase == Phase::closed && incident.closed == at + 1min)
            lines << series << ',' << (incident.opened - monday).count() << ','
                  << (incident.closed - monday).count() << ',' << incident.peak << ',' << incident.reasons.score
                  << ',' << incident.reasons.expected << '\n';
        if (cuts && random() % 5000 == 0)
            monitor = Monitor::restore(monitor.save(), {.least_reports = 1}, nullptr);
    }
    return lines.str();
}

std::string golden() {
    std::ifstream file(OUTCRY_SOURCE_DIR "/tests/unit/analytics/golden_alarms.csv");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the alarms of the made-up series are those on file, in every build") {
    // After a change on purpose: look at the difference, then put what is printed here into the file.
    std::string whole = "series,raised,closed,peak,score,expected\n", pieces = whole;
    for (int series = 0; series <= bursty; ++series)
        whole += alarms(series, false), pieces += alarms(series, true);
    CHECK(whole == golden());
    CHECK(pieces == whole);
}

TEST_CASE("a series takes less than six kilobytes, bursty or not") {
    for (const int series : {3, bursty}) {
        const auto before = mallinfo2().uordblks;
        Monitor monitor({}, nullptr, monday);
        Story story(series);
        for (Minute at = monday; at < monday + days{28}; at += 1min) monitor.step(story.count(at));
        const auto taken = mallinfo2().uordblks - before;  // 0 where a sanitizer keeps its own books
        const auto saved = monitor.save().size();
        CAPTURE(series, taken, saved);
        CHECK(taken < 6000);
        CHECK(saved < 4000);
    }
}

}  // namespace outcry::analytics
