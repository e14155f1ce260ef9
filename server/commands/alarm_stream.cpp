// server/commands/alarm_stream.cpp: the live detector over a stream of rows.
#include "server/commands/alarm_stream.hpp"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <unordered_map>
#include <vector>

#include "analytics/monitor.hpp"
#include "server/commands/novelty.hpp"
#include "server/commands/series_reader.hpp"

namespace outcry::commands {

namespace {

using analytics::Monitor;
using analytics::Phase;
using analytics::RegionCount;
using analytics::RegionKey;
using std::chrono::minutes;

constexpr auto longest_gap = std::chrono::days{400};

/// One service: its own column, those of its regions, and the monitor that watches over all of them.
struct Watched {
    std::string name;
    std::optional<std::size_t> whole;  // its column; without one the regions are added up
    std::vector<std::size_t> regions;  // their columns, ascending
    std::optional<Monitor> monitor;    // once the service has begun
    std::vector<RegionCount> named;    // of the row at hand
    double severity = 0;
    RegionKey region{};  // that explained the open alarm when it was raised

    bool alarmed() const { return monitor && monitor->incident().phase == Phase::open; }
};

/// A region is known by its column.
RegionKey key_of(std::size_t column) {
    return RegionKey{column + 1};
}

/// In the order in which they are met.
std::vector<Watched> arrange(const std::vector<std::string>& names) {
    std::vector<Watched> watched;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto at = names[i].find('@');
        const auto name = names[i].substr(0, at);
        const auto place = places.try_emplace(name, watched.size()).first->second;
        if (place == watched.size()) watched.emplace_back().name = name;
        if (at == std::string::npos)
            watched[place].whole = i;
        else
            watched[place].regions.push_back(i);
    }
    return watched;
}

class Run {
 public:
    Run(std::ostream& output, const DetectOptions& options, const std::vector<std::string>& names)
        : output_(output), options_(options), names_(names), watched_(arrange(names)), novelty_(names.size()) {
        write_header();
    }

    void begin(Minute first) {
        if (options_.zone) zone_ = options_.zone(first);
    }
    void row(const SeriesReader::Row& row, minutes bin);
    void finish();

 private:
    void write_header();
    void write_scores(const std::string& time);
    void fill_gap(Minute until, minutes bin);
    void step(Watched&, const std::vector<std::int64_t>& counts, Minute start, minutes bin);
    void settle(Watched&);
    void write(const Watched&);

    std::ostream& output_;
    const DetectOptions& options_;
    const std::vector<std::string>& names_;
    std::vector<Watched> watched_;
    std::vector<Novelty> novelty_;  // of each column
    std::vector<double> news_ =
        std::vector<double>(names_.size());  // the last bin's scores as far as they are news
    std::shared_ptr<const analytics::ZoneOffsets> zone_;
};

void Run::write_header() {
    if (!options_.scores) {
        output_ << "series,start,end,severity\n";
        return;
    }
    output_ << "timestamp";
    if (names_.size() == 1) output_ << ",anomaly_score";
    if (names_.size() > 1)
        for (const auto& name : names_) output_ << ',' << name;
    output_ << '\n';
}

void Run::row(const SeriesReader::Row& row, minutes bin) {
    fill_gap(row.start, bin);
    for (auto& each : watched_) step(each, row.counts, row.start, bin);
    if (options_.scores) write_scores(row.time);
}

void Run::step(Watched& each, const std::vector<std::int64_t>& counts, Minute start, minutes bin) {
    std::uint32_t sum = 0;
    bool begun = each.whole && counts[*each.whole] != missing;
    each.named.clear();
    for (const auto column : each.regions) {
        if (counts[column] == missing) continue;
        if (!each.whole) begun = true;
        const auto count = static_cast<std::uint32_t>(counts[column]);
        sum += count;
        if (count > 0) each.named.push_back({key_of(column), count});
    }
    if (!each.monitor && !begun) return;
    if (!each.monitor) each.monitor.emplace(options_.settings, zone_, start, bin);
    if (each.whole) sum = counts[*each.whole] == missing ? 0 : static_cast<std::uint32_t>(counts[*each.whole]);
    each.monitor->step(sum, each.named);
    settle(each);
}

void Run::write_scores(const std::string& time) {
    const double threshold = analytics::threshold_of(options_.settings);
    output_ << time;
    for (const auto news : news_) output_ << ',' << news / (news + threshold);
    output_ << '\n';
}

void Run::fill_gap(Minute until, minutes bin) {
    for (auto& each : watched_)
        while (each.monitor && each.monitor->until() + bin <= until) {
            each.monitor->step(0);
            settle(each);
        }
}

/// Tells what the last bin has changed.
void Run::settle(Watched& each) {
    const auto& incident = each.monitor->incident();
    const auto& verdict = each.monitor->verdict();
    if (options_.scores) {
        const auto note = [&](std::size_t column, double score) {
            news_[column] = novelty_[column](verdict.until, score);
        };
        if (each.whole) note(*each.whole, verdict.score);
        for (const auto column : each.regions) note(column, each.monitor->score(key_of(column)));
    }
    if (incident.phase == Phase::open) {
        if (incident.opened == verdict.until) each.severity = 0, each.region = incident.region;
        each.severity = std::max(each.severity, verdict.ratio());
    } else if (incident.phase == Phase::closed && incident.closed == verdict.until) {
        write(each);
    }
}

/// Under the smallest level that explains it.
void Run::write(const Watched& each) {
    if (options_.scores) return;
    const auto& incident = each.monitor->incident();
    const auto region = static_cast<std::size_t>(each.region);
    output_ << (region > 0 ? names_[region - 1] : each.name) << ',' << format_minute(incident.opened) << ','
            << (incident.phase == Phase::closed ? format_minute(incident.closed) : "") << ',' << each.severity
            << '\n';
}

void Run::finish() {
    for (const auto& each : watched_)
        if (each.alarmed()) write(each);
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

}  // namespace

const char* const detect_help =
    R"(Reads series of counts from standard input, writes alarms to standard output. It is the detector of the live board.

Input   a header ts,<id>,… and one row per bin: the start of the bin in UTC (2026-02-02T00:00:00Z) and one whole
        number per series. Bins are 1, 5 or 15 minutes wide, as the first two rows are apart. svc@region is a
        region of svc, held against the usual counts of svc times the region's share of them: half of the budget of
        false alarms is then for svc, the other half for all its regions together. Without a column svc the regions are
        added up. An alarm is told for the smallest level that explains the excess.
Output  series,start,end,severity: an alarm was raised at `start`, the end of the bin that raised it, and closed at
        `end` (empty: still open). A row is written when its alarm closes, open ones at the end. Severity is the
        highest ratio of the service's reports of 15 minutes to those expected.
        With --scores: timestamp,anomaly_score (or one column per series) in [0,1]; the evidence of a bin, 0.5 at an alarm's,
        or 0 when it does not surpass that of every bin of the last 12 hours by a fifth.

Defined behaviour
  a missing row      its bins are 0; more than 400 days missing is an error
  an empty cell      before the first count of a series: it has not begun; later: 0
  a header only      no alarms
  one row only       taken for a bin of one minute
  the first hour     of a series is learned, not judged; of regions the first day
  many regions       256 of one service are watched; for one more the one that was quiet for longest is forgotten
  errors             an empty input; rows out of order or twice; times off the grid; a cell that is no whole number from
                     0 to 4294967295; too few or too many cells; two series of one name. The sentence names the line,
                     the exit code is 1; alarms that closed before it have been written.
Memory grows with the number of series, not with the number of rows.

OUTCRY_FA_PER_YEAR is --false-alarms-per-year. OUTCRY_TZ_SHIFT_AT is an instant in UTC at which the local clock
jumps ahead by an hour, for tests without a zone.)";

void detect(std::istream& input, std::ostream& output, const DetectOptions& options) {
    SeriesReader reader(input);
    Run run(output, options, reader.series());
    SeriesReader::Row first, row;
    if (!reader.next(first)) return;
    run.begin(first.start);
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

}  // namespace outcry::commands
