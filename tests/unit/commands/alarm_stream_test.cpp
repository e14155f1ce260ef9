// tests/unit/commands/alarm_stream_test.cpp: rows of counts in, alarms out, and a clear word about every bad
// row.
#include "server/commands/alarm_stream.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <sstream>

#include "server/commands/series_reader.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::commands {
namespace {

using namespace std::chrono_literals;
using analytics::synthetic::Counts;
using analytics::synthetic::rhythm;
using std::chrono::days;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};

std::string run(const std::string& input, const DetectOptions& options = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    detect(in, out, options);
    return out.str();
}

std::string complaint(const std::string& input) {
    try {
        run(input);
    } catch (const InputError& error) {
        return error.what();
    }
    return "none";
}

/// A row a minute for `span`, each count made by `count(series, time)`.
std::string table(const std::string& header, int series, std::chrono::minutes span,
                  const std::function<std::uint32_t(int, Minute)>& count) {
    std::string text = header + "\n";
    for (Minute at = monday; at < monday + span; at += 1min) {
        text += format_minute(at);
        for (int i = 0; i < series; ++i) text += "," + std::to_string(count(i, at));
        text += "\n";
    }
    return text;
}

/// Sixteen days of one series with an outage on the fifteenth.
std::string outage() {
    Counts counts(1);
    return table("ts,mail", 1, days{16}, [&](int, Minute at) {
        const bool out = at >= monday + days{14} + 600min && at < monday + days{14} + 660min;
        return counts(rhythm(at) * (out ? 30 : 1));
    });
}

std::string first_rows(const std::string& text, std::size_t rows) {
    std::size_t end = 0;
    for (std::size_t i = 0; i <= rows; ++i) end = text.find('\n', end) + 1;
    return text.substr(0, end);
}

const std::string two = "ts,a,b\n2026-02-02T00:00:00Z,1,2\n2026-02-02T00:01:00Z,1,2\n";

}  // namespace

TEST_CASE("an outage is one alarm, raised within minutes, and closed") {
    const auto alarms = run(outage());
    CHECK(alarms.starts_with("series,start,end,severity\nmail,2026-02-16T10:0"));
    CHECK(std::count(alarms.begin(), alarms.end(), '\n') == 2);
    CHECK(alarms.find(",2026-02-16T12:") != std::string::npos);
}

TEST_CASE("no alarm uses a later row: a cut stream tells the same alarms up to the cut") {
    const auto text = outage();
    const std::size_t raised = 14 * 1440 + 610;
    const auto whole = run(text), cut = run(first_rows(text, raised + 10));
    CHECK(run(first_rows(text, 14 * 1440 + 600)) == "series,start,end,severity\n");
    const auto start = whole.substr(26, 25);
    CHECK(cut.substr(26, 25) == start);
    CHECK(cut.find("Z,,") != std::string::npos);  // still open
}

TEST_CASE("two runs say the same to the byte") {
    CHECK(run(outage()) == run(outage()));
    DetectOptions scores;
    scores.scores = true;
    CHECK(run(outage(), scores) == run(outage(), scores));
}

TEST_CASE("every bad row is named by its line") {
    CHECK(complaint("") == "line 1: the input is empty; expected a header such as ts,outlook,outlook@US-NY");
    CHECK(complaint("\n\n").starts_with("line 1: the input is empty"));
    CHECK(complaint("time,a\n").starts_with("line 1: the header must begin with ts"));
    CHECK(complaint("ts\n").starts_with("line 1: the header names no series"));
    CHECK(complaint("ts,a,\n").starts_with("line 1: a series without a name"));
    CHECK(complaint("ts,a,b,a\n").starts_with("line 1: two series are named \"a\""));
    CHECK(complaint(two + "2026-02-02T00:02:00Z,1\n") == "line 4: 2 cells where the header has 3");
    CHECK(complaint(two + "2026-02-02T00:02:00Z,1,2,3\n").starts_with("line 4: more cells"));
    CHECK(complaint(two + "2026-02-02T00:02:00Z,1,-2\n")
              .starts_with("line 4: series \"b\": \"-2\" is not a count"));
    CHECK(complaint(two + "2026-02-02T00:02:00Z,1.5,2\n")
              .starts_with("line 4: series \"a\": \"1.5\" is not a count"));
    CHECK(complaint(two + "2026-02-02T00:02:00Z,4294967296,2\n").starts_with("line 4: series \"a\""));
    CHECK(complaint(two + "2026-02-02T00:01:00Z,1,2\n") == "line 4: a second row for 2026-02-02T00:01:00Z");
    CHECK(complaint(two + "2026-02-02T00:00:00Z,1,2\n").find("rows must be in order") != std::string::npos);
    CHECK(complaint(two + "yesterday,1,2\n").starts_with("line 4: \"yesterday\" is not a time"));
    CHECK(complaint(two + "2026-02-30T00:00:00Z,1,2\n").starts_with("line 4"));
    CHECK(complaint(two + "2029-02-02T00:00:00Z,1,2\n").starts_with("line 4: more than 400 days"));
    CHECK(complaint("ts,a\n2026-02-02T00:00:00Z,1\n2026-02-02T00:30:00Z,1\n")
              .starts_with("line 3: a bin must be 1, 5 or 15"));
    CHECK(complaint("ts,a\n2026-02-02T00:00:00Z,1\n2026-02-02T00:05:00Z,1\n2026-02-02T00:11:00Z,1\n")
              .starts_with("line 4: 2026-02-02T00:11:00Z does not lie on the grid"));
}

TEST_CASE("odd but defined input is taken as it says") {
    CHECK(run("ts,a\n") == "series,start,end,severity\n");
    CHECK(run("ts,a\n2026-02-02T00:00:00Z,5\n") == "series,start,end,severity\n");
    CHECK(run("\xEF\xBB\xBFtimestamp,a\r\n2026-02-02 00:00:00,5\r\n") == "series,start,end,severity\n");
}

TEST_CASE("a missing row is a row of zeros, and a series may begin late") {
    DetectOptions scores;
    scores.scores = true;
    Counts counts(2);
    std::string full = "ts,a,b\n", thin = full;
    for (Minute at = monday; at < monday + days{9}; at += 1min) {
        const bool gap = at >= monday + days{8} && at < monday + days{8} + 30min;
        const auto a = gap ? 0 : counts(rhythm(at));
        const auto row = format_minute(at) + "," + std::to_string(a) + "," +
                         (at < monday + days{1} ? "" : std::to_string(gap ? 0 : a / 2)) + "\n";
        full += row;
        if (!gap) thin += row;
    }
    const auto whole = run(full, scores), gapped = run(thin, scores);
    CHECK(whole.substr(whole.size() - 4000) == gapped.substr(gapped.size() - 4000));
}

TEST_CASE("scores lie in [0,1], one row for each row") {
    DetectOptions scores;
    scores.scores = true;
    const auto text = outage(), out = run(text, scores);
    CHECK(std::count(out.begin(), out.end(), '\n') == std::count(text.begin(), text.end(), '\n'));
    std::istringstream lines(out);
    std::string line;
    std::getline(lines, line);
    CHECK(line == "timestamp,anomaly_score");
    double highest = 0;
    while (std::getline(lines, line)) {
        const double score = std::stod(line.substr(line.find(',') + 1));
        REQUIRE(score >= 0);
        REQUIRE(score <= 1);
        highest = std::max(highest, score);
    }
    CHECK(highest >= .5);
}

TEST_CASE("an alarm is told for the smallest level that explains it") {
    const auto alarms_with = [](bool everywhere) {
        Counts counts(3);
        std::uint32_t sum = 0;
        return run(table(
            "ts,web@north,web@south,web@west,web", 4, days{16}, [&](int series, Minute at) -> std::uint32_t {
                if (series == 0) sum = 0;
                if (series == 3) return sum;
                const bool out = at >= monday + days{14} + 600min && at < monday + days{14} + 660min;
                const auto count = counts(rhythm(at) * (out && (everywhere || series == 1) ? 12 : 1));
                sum += count;
                return count;
            }));
    };
    const auto local = alarms_with(false), wide = alarms_with(true);
    CHECK(local.find("web@south,2026-02-16T10:") != std::string::npos);
    CHECK(local.find("web,") == std::string::npos);
    CHECK(wide.find("web,2026-02-16T10:") != std::string::npos);
}

}  // namespace outcry::commands
