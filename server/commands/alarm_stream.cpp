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

using analytics::DetectorSettings;
using analytics::Incident;
using analytics::Monitor;
using analytics::Phase;
using std::chrono::minutes;

constexpr auto longest_gap = std::chrono::days{400};
constexpr double regions_share = .5;  // of a service's budget of false alarms, for all its regions together
constexpr double explains = .8;       // a region explains its service's excess when it brings this share of it

/// One series, and how it belongs to others.
struct Watched {
    std::optional<Monitor> monitor;  // once the series has begun
    DetectorSettings settings;
    std::optional<std::size_t> service;  // of a region: its service's own series
    std::vector<std::size_t> regions;    // of a service
    double severity = 0;
    Novelty novelty;
    double news = 0;    // the last bin's score as far as it is news
    bool told = false;  // the open alarm is told; not when another level explains it

    bool alarmed() const { return monitor && monitor->incident().phase == Phase::open; }
    double excess() const { return monitor ? monitor->verdict().observed - monitor->verdict().expected : 0; }
};

/// The budget of a service that has regions is split: one part for the whole, one for all regions together.
std::vector<Watched> arrange(const std::vector<std::string>& names, const DetectorSettings& settings) {
    std::unordered_map<std::string, std::vector<std::size_t>> regions;
    std::unordered_map<std::string, std::size_t> services;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto at = names[i].find('@');
        if (at == std::string::npos)
            services[names[i]] = i;
        else
            regions[names[i].substr(0, at)].push_back(i);
    }
    std::vector<Watched> watched(names.size());
    for (auto& each : watched) each.settings = settings;
    for (const auto& [name, members] : regions) {
        const auto service = services.find(name);
        const double budget = settings.false_alarms_per_year * (service == services.end() ? 1 : regions_share);
        for (const auto i : members)
            watched[i].settings.false_alarms_per_year = budget / static_cast<double>(members.size());
        if (service == services.end()) continue;
        watched[service->second].settings.false_alarms_per_year *= 1 - regions_share;
        watched[service->second].regions = members;
        for (const auto i : members) watched[i].service = service->second;
    }
    return watched;
}

class Run {
 public:
    Run(std::ostream& output, const DetectOptions& options, const std::vector<std::string>& names)
        : output_(output), options_(options), names_(names), watched_(arrange(names, options.settings)) {
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
    void settle();
    bool explained_elsewhere(const Watched&) const;
    void write(std::size_t series, const Incident&);

    std::ostream& output_;
    const DetectOptions& options_;
    const std::vector<std::string>& names_;
    std::vector<Watched> watched_;
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
    for (std::size_t i = 0; i < names_.size(); ++i) {
        auto& [monitor, settings, service, regions, severity, novelty, news, told] = watched_[i];
        if (!monitor && row.counts[i] != missing) monitor.emplace(settings, zone_, row.start, bin);
        if (monitor) monitor->step(row.counts[i] == missing ? 0 : static_cast<std::uint32_t>(row.counts[i]));
    }
    settle();
    if (options_.scores) write_scores(row.time);
}

void Run::write_scores(const std::string& time) {
    output_ << time;
    for (const auto& each : watched_) {
        output_ << ',' << each.news / (each.news + analytics::threshold_of(each.settings));
    }
    output_ << '\n';
}

void Run::fill_gap(Minute until, minutes bin) {
    for (bool behind = true; behind;) {
        behind = false;
        for (auto& each : watched_)
            if (each.monitor && each.monitor->until() + bin <= until) each.monitor->step(0), behind = true;
        if (behind) settle();
    }
}

/// Tells what the last bin of every series has changed.
void Run::settle() {
    for (std::size_t i = 0; i < watched_.size(); ++i) {
        auto& each = watched_[i];
        if (!each.monitor) continue;
        const auto& incident = each.monitor->incident();
        const auto& verdict = each.monitor->verdict();
        if (options_.scores) each.news = each.novelty(verdict.until, verdict.score);
        if (incident.phase == Phase::open) {
            if (incident.opened == verdict.until) each.severity = 0, each.told = !explained_elsewhere(each);
            each.severity = std::max(each.severity, verdict.ratio());
        } else if (incident.phase == Phase::closed && incident.closed == verdict.until) {
            if (each.told) write(i, incident);
            each.told = false;
        }
    }
}

/// An alarm belongs to the smallest level that explains the excess.
bool Run::explained_elsewhere(const Watched& each) const {
    if (each.service) {
        const auto& service = watched_[*each.service];
        return service.alarmed() && service.told && each.excess() < explains * service.excess();
    }
    return std::any_of(each.regions.begin(), each.regions.end(), [&](std::size_t i) {
        return watched_[i].alarmed() && watched_[i].excess() >= explains * each.excess();
    });
}

void Run::write(std::size_t series, const Incident& incident) {
    if (options_.scores) return;
    output_ << names_[series] << ',' << format_minute(incident.opened) << ','
            << (incident.phase == Phase::closed ? format_minute(incident.closed) : "") << ','
            << watched_[series].severity << '\n';
}

void Run::finish() {
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (watched_[i].alarmed() && watched_[i].told) write(i, watched_[i].monitor->incident());
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
        region of svc: half of the budget of false alarms is then for svc, the other half for all its regions together,
        and an alarm is told for the smallest level that explains the excess.
Output  series,start,end,severity: an alarm was raised at `start`, the end of the bin that raised it, and closed at
        `end` (empty: still open). A row is written when its alarm closes, open ones at the end. Severity is the
        highest ratio of the reports of 15 minutes to those expected.
        With --scores: timestamp,anomaly_score (or one column per series) in [0,1]; the evidence of a bin, 0.5 at an alarm's,
        or 0 when it does not surpass that of every bin of the last 12 hours by a fifth.

Defined behaviour
  a missing row      its bins are 0; more than 400 days missing is an error
  an empty cell      before the first count of a series: it has not begun; later: 0
  a header only      no alarms
  one row only       taken for a bin of one minute
  the first hour     of a series is learned, not judged
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
