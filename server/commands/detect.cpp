// server/commands/detect.cpp: the live detector over a stream of rows.
#include "server/commands/detect.hpp"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <vector>

#include "analytics/monitor.hpp"
#include "server/commands/series_reader.hpp"

namespace outcry::commands {

namespace {

using analytics::Incident;
using analytics::Monitor;
using analytics::Phase;
using std::chrono::minutes;

constexpr int data_error = 65;
constexpr auto longest_gap = std::chrono::days{400};

/// One series: its monitor once it has begun, and the alarm that is open.
struct Watched {
    std::optional<Monitor> monitor;
    double severity = 0;
};

class Run {
 public:
    Run(std::ostream& output, const DetectOptions& options, const std::vector<std::string>& names)
        : output_(output), options_(options), names_(names), watched_(names.size()) {
        if (!options.scores) {
            output_ << "series,start,end,severity\n";
        } else if (names.size() == 1) {
            output_ << "timestamp,anomaly_score\n";
        } else {
            output_ << "timestamp";
            for (const auto& name : names) output_ << ',' << name;
            output_ << '\n';
        }
    }

    void row(const SeriesReader::Row& row, minutes bin);
    void finish();

 private:
    void fill_gap(Minute until, minutes bin);
    void step(std::size_t series, std::uint32_t count);
    void write(std::size_t series, const Incident&, bool closed);

    std::ostream& output_;
    const DetectOptions& options_;
    const std::vector<std::string>& names_;
    std::vector<Watched> watched_;
};

void Run::row(const SeriesReader::Row& row, minutes bin) {
    fill_gap(row.start, bin);
    if (options_.scores) output_ << row.time;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        auto& monitor = watched_[i].monitor;
        if (!monitor && row.counts[i] != missing)
            monitor.emplace(options_.settings, options_.zone, row.start, bin);
        if (monitor) step(i, row.counts[i] == missing ? 0 : static_cast<std::uint32_t>(row.counts[i]));
        if (options_.scores) {
            const double score = monitor ? monitor->verdict().score : 0;
            output_ << ',' << score / (score + (monitor ? monitor->verdict().threshold : 1));
        }
    }
    if (options_.scores) output_ << '\n';
}

void Run::fill_gap(Minute until, minutes bin) {
    for (std::size_t i = 0; i < names_.size(); ++i)
        while (watched_[i].monitor && watched_[i].monitor->until() + bin <= until) step(i, 0);
}

void Run::step(std::size_t series, std::uint32_t count) {
    auto& watched = watched_[series];
    const auto& verdict = watched.monitor->step(count);
    const auto& incident = watched.monitor->incident();
    if (incident.phase == Phase::open) {
        watched.severity = std::max(incident.opened == verdict.until ? 0 : watched.severity, verdict.ratio());
    } else if (incident.phase == Phase::closed && incident.closed == verdict.until) {
        write(series, incident, true);
    }
}

void Run::write(std::size_t series, const Incident& incident, bool closed) {
    output_ << names_[series] << ',' << format_minute(incident.opened) << ','
            << (closed ? format_minute(incident.closed) : "") << ',' << watched_[series].severity << '\n';
}

void Run::finish() {
    if (options_.scores) return;
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (watched_[i].monitor && watched_[i].monitor->incident().phase == Phase::open)
            write(i, watched_[i].monitor->incident(), false);
}

/// The width of a bin, from the first two rows.
minutes width(Minute first, Minute second, std::uint64_t line) {
    const auto bin = second - first;
    if (bin != minutes{1} && bin != minutes{5} && bin != minutes{15})
        throw InputError(line, "a bin must be 1, 5 or 15 minutes wide, the first two rows are " +
                                   std::to_string(bin.count()) + " minutes apart");
    return bin;
}

void check_order(Minute before, Minute start, minutes bin, std::uint64_t line) {
    if (start == before) throw InputError(line, "a second row for " + format_minute(start));
    if (start < before)
        throw InputError(line, format_minute(start) + " comes after " + format_minute(before) +
                                   "; rows must be in order of time");
    if ((start - before) % bin != minutes{0})
        throw InputError(line, format_minute(start) + " does not lie on the grid of " +
                                   std::to_string(bin.count()) + "-minute bins");
    if (start - before > longest_gap) throw InputError(line, "more than 400 days are missing before it");
}

void read_all(std::istream& input, std::ostream& output, const DetectOptions& options) {
    SeriesReader reader(input);
    Run run(output, options, reader.series());
    SeriesReader::Row first, row;
    if (!reader.next(first)) return;
    if (!reader.next(row)) {
        run.row(first, minutes{1});
        return run.finish();
    }
    if (row.start <= first.start) check_order(first.start, row.start, minutes{1}, reader.line());
    const auto bin = width(first.start, row.start, reader.line());
    run.row(first, bin);
    Minute before = first.start;
    do {
        check_order(before, row.start, bin, reader.line());
        run.row(row, bin);
        before = row.start;
    } while (reader.next(row));
    run.finish();
}

}  // namespace

const char* const detect_help =
    R"(Reads series of counts from standard input, writes alarms to standard output.

Input   a header ts,<id>,… and one row per bin: the start of the bin in UTC (2026-02-02T00:00:00Z) and one whole number
        per series. Bins are 1, 5 or 15 minutes wide, as the first two rows are apart. svc@region is a region of svc.
Output  series,start,end,severity: an alarm was raised at `start`, the end of the bin that raised it, and closed at `end`
        (empty: still open). A row is written when its alarm closes, open ones at the end. Severity is the highest ratio
        of the reports of 15 minutes to those expected.

Defined behaviour
  a missing row          its bins are 0; more than 400 days missing is an error
  an empty cell          before the first count of a series: it has not begun; later: 0
  a header only          no alarms, exit 0
  one row only           taken for a bin of one minute
  error, exit 65         an empty input; rows out of order or twice; times off the grid; a cell that is no whole number
                         from 0 to 4294967295; too few or too many cells; two series of one name. The sentence names the
                         line; alarms that closed before it have been written.
Memory grows with the number of series, not with the number of rows.)";

int detect(std::istream& input, std::ostream& output, std::ostream& errors, const DetectOptions& options) {
    try {
        read_all(input, output, options);
    } catch (const InputError& error) {
        output.flush();
        errors << "outcry detect: " << error.what() << '\n';
        return data_error;
    }
    return 0;
}

}  // namespace outcry::commands
