// analytics/monitor.cpp: joins detector, verdict and incident for one series.
#include "analytics/monitor.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analytics/bytes.hpp"
#include "analytics/detector.hpp"
#include "analytics/region_watch.hpp"

namespace outcry::analytics {

namespace {

using std::chrono::minutes;

constexpr double teaches_below = 6;               // nats: the regions learn from a bin with less evidence
constexpr std::uint32_t enough_history = 96;      // quarter-hours: every time of day has been seen once
constexpr std::uint32_t saved_mark = 0x3347434f;  // "OCG3": the layout of the saved state

Expectation usual_range(double mean, double bins, const Estimate& estimate, const Noise& noise) {
    const double relative = noise.clustering / bins + noise.slow + 1 / estimate.known;
    const double spread = 2 * std::sqrt(noise.dispersion * mean + relative * mean * mean);
    return {.expected = mean, .low = std::max(0., mean - spread), .high = mean + spread};
}

}  // namespace

double threshold_of(const DetectorSettings& settings) {
    return threshold(settings.false_alarms_per_year);
}

struct Monitor::Impl {
    Impl(const DetectorSettings& chosen, std::shared_ptr<const ZoneOffsets> where, Minute first, minutes bin)
        : zone(std::move(where)), detector(first, bin) {
        verdict.until = first;
        set(chosen);
    }

    void set(const DetectorSettings& chosen) {
        settings = chosen;
        spike_at = threshold_of(chosen);
        possible_at = threshold(chosen.false_alarms_per_year * 12);  // the yearly number every month
        verdict.threshold = spike_at;
    }

    std::size_t bins_in(minutes span) const { return static_cast<std::size_t>(span / detector.bin()); }

    void step(std::uint32_t count, std::span<const RegionCount> named);
    RegionalEvidence judge_regions(std::uint32_t count, const Evidence&, std::span<const RegionCount> named);
    void remember(std::uint32_t count, double expected);
    void note_phase();
    const Baseline& usually() const { return remembered ? *remembered : detector.baseline(); }
    State judge() const;

    template <class Archive>
    void visit(Archive& a) {
        a(counts, hour, observed, usual, usual_before, possible);
        visit_verdict(a, verdict);
        a(incident.phase, incident.began, incident.opened, incident.closed, incident.calm_since,
          incident.pending_since, incident.peak, incident.peak_at, incident.total, incident.region);
        visit_verdict(a, incident.reasons);
        detector.visit(a);
        regions.visit(a);
        bool kept = remembered != nullptr;
        a(kept);
        if (kept && !remembered) remembered = std::make_unique<Baseline>();
        if (kept) remembered->visit(a);
    }

    template <class Archive>
    static void visit_verdict(Archive& a, Verdict& v) {
        a(v.until, v.state, v.observed, v.expected, v.low, v.high, v.score, v.threshold, v.since,
          v.reports_since, v.last_hour);
    }

    DetectorSettings settings;
    std::shared_ptr<const ZoneOffsets> zone;
    double spike_at = 0, possible_at = 0;
    Detector detector;
    RegionWatch regions;
    Verdict verdict;
    Incident incident;
    std::array<std::uint32_t, 60> counts{};  // of the last hour, a ring by time
    std::uint32_t hour = 0, observed = 0;    // sums of the last 60 and 15 minutes
    double usual = 0, usual_before = 0;    // expected count of a bin of this quarter-hour and of the one before
    bool possible = false;                 // called possible and not back near nothing yet
    std::unique_ptr<Baseline> remembered;  // what was usual when the incident opened, while it is open
};

void Monitor::Impl::remember(std::uint32_t count, double expected) {
    const auto index = static_cast<std::uint64_t>(detector.until().time_since_epoch() / detector.bin());
    const auto hour_bins = bins_in(minutes{60}), window = bins_in(minutes{15});
    auto& oldest = counts[index % hour_bins];
    hour += count - oldest;
    oldest = count;
    verdict.last_hour = hour;
    observed += count - counts[(index + hour_bins - window) % hour_bins];
    verdict.observed = observed;
    if (detector.bins_of_quarter() == 1) usual_before = usual;
    auto estimate = detector.estimate();
    if (remembered) {
        const auto local = detector.local(detector.until() - detector.bin(), zone.get());
        estimate = remembered->estimate(local.slot, local.weekend());
        expected = estimate.expected / static_cast<double>(window);
    }
    usual = expected;
    const auto now = static_cast<double>(detector.bins_of_quarter()),
               earlier = static_cast<double>(window) - now;
    const double mean = now * usual + earlier * usual_before;  // 15 minutes touch two quarter-hours at most
    const auto range = usual_range(mean, static_cast<double>(window), estimate, usually().noise());
    verdict.expected = range.expected, verdict.low = range.low, verdict.high = range.high;
}

/// An incident teaches nothing: while it is open people are told what was usual before it, and when it closes
/// with counts in that range the level that followed it is forgotten.
void Monitor::Impl::note_phase() {
    if (incident.phase == Phase::open) {
        if (!remembered) remembered = std::make_unique<Baseline>(detector.baseline());
    } else if (remembered) {
        if (verdict.observed <= verdict.high) detector.go_back(*remembered, zone.get());
    }
}

RegionalEvidence Monitor::Impl::judge_regions(std::uint32_t count, const Evidence& evidence,
                                              std::span<const RegionCount> named) {
    if (named.empty() && regions.size() == 0) return {};
    const double bins = 15. / static_cast<double>(detector.bin().count());
    const WholeBin whole{.until = detector.until(),
                         .bin = detector.bin(),
                         .reports = count,
                         .local = detector.local(detector.until() - detector.bin(), zone.get()),
                         .expected = evidence.expected,
                         .usual = detector.estimate().usual / bins,
                         .noise = detector.noise(),
                         .calm = evidence.score <= teaches_below,
                         .trust = detector.trust()};
    return regions.step(
        whole, named,
        {.possible_at = possible_at, .spike_at = spike_at, .least_reports = settings.least_reports});
}

State Monitor::Impl::judge() const {
    const bool enough = hour >= settings.least_reports || incident.phase == Phase::open;
    if (enough && verdict.score >= spike_at) return State::spike;
    if (possible) return State::possible;
    return detector.baseline().quarters() < enough_history ? State::insufficient_data : State::normal;
}

void Monitor::Impl::step(std::uint32_t count, std::span<const RegionCount> named) {
    if (incident.phase != Phase::open) remembered.reset();
    const double split = regions.split();
    auto evidence = detector.step(count, zone.get(), spike_at + split);
    remember(count, evidence.expected);
    const auto regional = judge_regions(count, evidence, named);
    evidence.score = std::max(0., evidence.score - split);
    if (regional.score > evidence.score) {
        evidence.score = regional.score;
        evidence.since = regional.since;
        evidence.reports_since = regional.reports_since;
    }
    verdict.until = detector.until();
    verdict.score = evidence.score;
    verdict.threshold = spike_at;
    possible = possible ? evidence.score >= possible_at / 2
                        : evidence.score >= possible_at && hour >= settings.least_reports;
    const State before = verdict.state;
    verdict.state = judge();
    const bool open = incident.phase == Phase::open;
    const auto peak = incident.peak;
    verdict.since = open ? incident.began : evidence.since;
    verdict.reports_since = open ? incident.total + count : evidence.reports_since;
    incident = advance(incident, verdict, count, settings);
    if (incident.phase == Phase::open && (!open || incident.peak > peak)) incident.region = regions.explains();
    note_phase();
    verdict.state = shown(verdict, incident, before);
}

Monitor::Monitor(const DetectorSettings& settings, std::shared_ptr<const ZoneOffsets> zone, Minute first,
                 minutes bin)
    : impl_(std::make_unique<Impl>(settings, std::move(zone), first, bin)) {}
Monitor::Monitor(const DetectorSettings& settings, std::shared_ptr<const ZoneOffsets> zone, Minute first,
                 const Baseline& baseline, std::int64_t day)
    : impl_(std::make_unique<Impl>(settings, std::move(zone), first, minutes{1})) {
    impl_->detector = Detector(first, minutes{1}, baseline, day);
}
Monitor::~Monitor() = default;
Monitor::Monitor(Monitor&&) noexcept = default;
Monitor& Monitor::operator=(Monitor&&) noexcept = default;

const Verdict& Monitor::step(std::uint32_t count, std::span<const RegionCount> regions) {
    impl_->step(count, regions);
    return impl_->verdict;
}

Minute Monitor::until() const {
    return impl_->verdict.until;
}
const Verdict& Monitor::verdict() const {
    return impl_->verdict;
}
double Monitor::score(RegionKey region) const {
    return impl_->regions.score(region, impl_->detector.trust());
}
const Incident& Monitor::incident() const {
    return impl_->incident;
}
void Monitor::set(const DetectorSettings& settings) {
    impl_->set(settings);
}
void Monitor::close() {
    if (impl_->incident.phase != Phase::open) return;
    impl_->incident = close_by_hand(impl_->incident, until());
    impl_->note_phase();
    const State before = impl_->verdict.state;
    impl_->verdict.state = impl_->judge();
    impl_->verdict.state = shown(impl_->verdict, impl_->incident, before);
}

void Monitor::adopt(const Incident& incident) {
    impl_->incident = incident;
    impl_->incident.phase = Phase::open;
    impl_->note_phase();
    impl_->verdict.state = shown(impl_->verdict, impl_->incident, impl_->verdict.state);
    impl_->verdict.since = incident.began;
}

Expectation Monitor::expect(Minute from, minutes span) const {
    const auto& baseline = impl_->usually();
    const Minute end = from + span;
    double mean = 0;
    Estimate estimate;
    for (Minute at = from; at < end;) {
        const Minute next =
            std::min<Minute>(std::chrono::floor<minutes>(window_of(at) + Window::duration{1}), end);
        const auto local = impl_->detector.local(at, impl_->zone.get());
        estimate = baseline.estimate(local.slot, local.weekend());
        mean += estimate.expected * static_cast<double>((next - at).count()) / 15;
        at = next;
    }
    const double bins =
        std::max(1., static_cast<double>(span.count()) / static_cast<double>(impl_->detector.bin().count()));
    return usual_range(mean, bins, estimate, baseline.noise());
}

std::string Monitor::save() const {
    BytesOut out;
    out(saved_mark);
    impl_->visit(out);
    auto bytes = std::move(out).take();
    const auto sum = checksum(bytes);
    bytes.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return bytes;
}

Monitor Monitor::restore(std::string_view bytes, const DetectorSettings& settings,
                         std::shared_ptr<const ZoneOffsets> zone) {
    std::uint64_t sum = 0;
    if (bytes.size() < sizeof sum) throw std::invalid_argument("the saved state of a series is cut short");
    const auto body = bytes.substr(0, bytes.size() - sizeof sum);
    std::memcpy(&sum, bytes.data() + body.size(), sizeof sum);
    std::uint32_t mark = 0;
    BytesIn in(body);
    in(mark);
    if (mark != saved_mark || checksum(body) != sum)
        throw std::invalid_argument("the saved state of a series is damaged, or of another version");
    Monitor monitor(settings, std::move(zone), Minute{});
    monitor.impl_->visit(in);
    if (!in.empty()) throw std::invalid_argument("the saved state of a series is too long");
    monitor.impl_->detector.resume(monitor.impl_->zone.get());
    return monitor;
}

}  // namespace outcry::analytics
