// analytics/history.cpp: the detector's lessons without its judgement.
#include "analytics/history.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analytics/detector.hpp"

namespace outcry::analytics {

namespace {

using std::chrono::minutes;

constexpr int every_day_for = 7, then_every = 4;     // days between looks at the whole profile
constexpr int relevel_after = 24, relevel_for = 96;  // quarter-hours, as in the detector
constexpr double starts_above = 1.5, starts_errors = 4, goes_on_above = 1.3, extra = 2;
constexpr std::uint32_t first_day = 96;

/// By a clock that has never been found to be off.
LocalQuarter local_quarter(Minute start, const ZoneOffsets* zone) {
    static const Detector detector(Minute{}, minutes{15});
    return detector.local(start, zone);
}

void put(std::string& bytes, std::uint32_t number) {
    for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
    bytes += static_cast<char>(number);
}

std::uint32_t take(std::string_view& bytes) {
    std::uint32_t number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        if (bytes.empty()) break;
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    throw std::invalid_argument("a day of quarter-hours is damaged");
}

}  // namespace

std::string pack(const DayOfQuarters& day) {
    std::string bytes;
    std::uint32_t empty = 0;
    for (const auto reports : day) {
        if (reports == 0) {
            ++empty;
            continue;
        }
        put(bytes, empty);
        put(bytes, reports);
        empty = 0;
    }
    return bytes;
}

DayOfQuarters unpack_day(std::string_view bytes) {
    DayOfQuarters day{};
    for (std::size_t at = 0; !bytes.empty(); ++at) {
        at += take(bytes);
        const auto reports = take(bytes);
        if (at >= day.size()) throw std::invalid_argument("a day of quarter-hours is longer than a day");
        day[at] = reports;
    }
    return day;
}

History::History(Minute first, std::shared_ptr<const ZoneOffsets> zone) : zone_(std::move(zone)), at_(first) {}

void History::begin_day() {
    if (learned_day_ >= 0) baseline_.new_day();
    learned_day_ = local_.day;
    noise_ = baseline_.noise();
    if (++days_ > every_day_for && days_ % then_every != 0) return;
    for (int slot = 0; slot < 96; ++slot)
        estimates_[static_cast<std::size_t>(slot)] = baseline_.estimate(slot, false);
}

void History::learn(double reports) {
    // Clocks change at full hours.
    if (at_.time_since_epoch().count() % 60 == 0 || learned_day_ < 0 || ++local_.slot > 95)
        local_ = local_quarter(at_, zone_.get());
    if (local_.day > learned_day_) begin_day();
    if (baseline_.quarters() < first_day && baseline_.quarters() % 8 == 0)
        for (int slot = 0; slot < 96; ++slot)
            estimates_[static_cast<std::size_t>(slot)] = baseline_.estimate(slot, false);

    auto estimate = estimates_[static_cast<std::size_t>(local_.slot)];
    if (local_.weekend()) estimate.shape *= baseline_.weekend();
    estimate.expected = std::max(estimate.shape * baseline_.level(), 1e-4);
    const double usual = estimate.expected;
    bool calm = true;
    if (reports > usual && baseline_.quarters() >= first_day) {
        const double above = starts_above * usual;
        const double error =
            std::sqrt(noise_.dispersion * above + (noise_.slow + 1 / estimate.known) * above * above);
        calm = reports <= (hot_ > 0 ? goes_on_above * usual + extra : above + starts_errors * error + extra);
    }
    hot_ = calm ? 0 : hot_ + 1;
    fast_ = hot_ > relevel_after ? relevel_for : std::max(fast_ - 1, 0);
    // The spread between its minutes is not known: it says nothing new of the noise.
    const double bin = reports / 15;
    baseline_.learn(local_, estimate, noise_,
                    {.reports = reports,
                     .within = bin * (noise_.dispersion + noise_.clustering * bin),
                     .bins = 15,
                     .calm = calm,
                     .relevel = fast_ > 0});
    at_ += minutes{15};
}

Monitor History::monitor(const DetectorSettings& settings) const {
    return Monitor(settings, zone_, at_, baseline_, learned_day_);
}

}  // namespace outcry::analytics
