// analytics/chart.hpp: the numbers and shapes of a chart; pure, so that page, picture and test draw the same.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "analytics/bin.hpp"
#include "analytics/monitor.hpp"

namespace outcry::analytics {

/// One series in equal steps, with what is usual beside what was counted. All columns have the same length.
struct Columns {
    Minute from{};
    std::chrono::minutes step{15};
    std::vector<std::uint32_t> reports{}, works{};
    std::vector<double> expected{}, low{}, high{};
    std::size_t complete = 0;  // columns before this one are final; at most one, the running one, follows them

    std::size_t size() const { return reports.size(); }
    bool running() const { return complete < size(); }
    Minute start(std::size_t i) const { return from + step * static_cast<int>(i); }
    /// The middle of column i: where its point is drawn.
    Time middle(std::size_t i) const { return Time{start(i)} + std::chrono::milliseconds{step} / 2; }
};

/// What is usual for the span that starts there; usually Monitor::expect.
using Expect = std::function<Expectation(Minute from, std::chrono::minutes span)>;

/// Sums minutes into steps from `from` (a multiple of `step` since 1970 in UTC) to the one that holds the
/// minute before `to`. Minutes may be missing (zeros) but are in order. A column is complete when all its
/// minutes are before `complete_until`; columns that begin later than that are left out, except the first of
/// them, which is running.
Columns make_columns(std::span<const Bin> minutes, Minute from, Minute to, std::chrono::minutes step,
                     Minute complete_until, const Expect&);

/// The largest multiple of `step` not after `at`.
Minute floor_to(Minute at, std::chrono::minutes step);

/// What stands at which height.
struct Scale {
    double top = 1;               // the level at the upper edge
    std::vector<double> ticks{};  // values
    bool tens = false;            // steps of ten: log10(1 + value), so that zero stands at the foot

    double level(double value) const;
};
/// From zero with about four round ticks, and room for a label above the largest value.
Scale make_scale(double largest);
/// The same in steps of ten: 0, 10, 100, …; for curves whose usual values one spike would press flat.
Scale make_scale_of_tens(double largest);

/// Instants for labels below a chart: round UTC times of day, midnights when the span is days, firsts of months
/// when it is longer.
std::vector<Minute> time_ticks(Minute from, Minute to, std::size_t most);

/// A point of a curve in the stretched drawing: `x` in drawing units, `value` in reports.
struct Point {
    double x = 0, value = 0;
};

/// Paths of SVG in a drawing `height` units high, zero at its foot. Coordinates are whole; moves are relative,
/// so that a month of hours stays small.
std::string polyline(std::span<const Point>, double top, int height);
/// Closed area between two curves over the same places.
std::string ribbon(std::span<const Point> upper, std::span<const Point> lower, double top, int height);

/// The stretch where a curve stands clearly above its usual range, one point wider on each side; empty when it
/// never does.
struct Stretch {
    std::size_t first = 0, last = 0;  // inclusive
    bool empty = true;
};
Stretch above_usual(std::span<const Point> counted, std::span<const Point> high);

}  // namespace outcry::analytics
