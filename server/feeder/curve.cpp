// server/feeder/curve.cpp: exponential pieces between the middles of the quarters, stretched to meet each
// count.
#include "server/feeder/curve.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::feeder {
namespace {

/// Integral over [0, x] of a rate that runs geometrically from `a` at 0 to `b` at 1.
double area(double a, double b, double x) {
    const double slope = std::log(b / a);
    if (std::abs(slope) < 1e-9) return a * x;
    return a * std::expm1(slope * x) / slope;
}

}  // namespace

Curve::Curve(const std::map<Window, double>& counts, double scale) {
    if (counts.empty()) return;
    start_ = Time{counts.begin()->first};
    std::vector<double> rates;
    for (const auto& [window, count] : counts) rates.push_back(std::max(count * scale, 0.01));
    double exact = 0, begin = 0;
    std::size_t i = 0;
    for (const auto& [window, count] : counts) {
        exact += count * scale;
        const double end = std::round(exact);
        const double before = rates[i == 0 ? 0 : i - 1], here = rates[i],
                     after = rates[std::min(i + 1, rates.size() - 1)];
        quarters_.push_back({begin, end, std::sqrt(before * here), here, std::sqrt(here * after)});
        begin = end;
        ++i;
    }
}

std::uint64_t Curve::reports_before(Time at) const {
    if (quarters_.empty() || at <= start_) return 0;
    const std::chrono::duration<double, std::ratio<900>> since = at - start_;
    const auto index = static_cast<std::size_t>(since.count());
    if (index >= quarters_.size()) return total();
    const auto& q = quarters_[index];
    const double x = since.count() - static_cast<double>(index);
    const double first = area(q.left, q.middle, 1) / 2, second = area(q.middle, q.right, 1) / 2;
    const double part =
        x < .5 ? area(q.left, q.middle, 2 * x) / 2 : first + area(q.middle, q.right, 2 * x - 1) / 2;
    return static_cast<std::uint64_t>(std::floor(q.begin + (q.end - q.begin) * part / (first + second) + 1e-6));
}

}  // namespace outcry::feeder
