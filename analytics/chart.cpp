// analytics/chart.cpp: see the header.
#include "analytics/chart.hpp"

#include <algorithm>
#include <cmath>

namespace outcry::analytics {
namespace {

/// Follows a curve in whole units, by relative moves.
class Pen {
 public:
    Pen(std::string& path, double top, int height) : path_(path), top_(top), height_(height) {}

    void move(const Point& to) {
        place(to);
        path_ += 'M' + std::to_string(x_) + ' ' + std::to_string(y_) + 'l';
        fresh_ = true;
    }
    void line(const Point& to) {
        const auto x = x_, y = y_;
        place(to);
        append(x_ - x);
        append(y_ - y);
    }

 private:
    void place(const Point& to) {
        x_ = std::lround(to.x);
        y_ = std::lround(height_ - to.value / top_ * height_);
    }
    void append(long delta) {  // a minus sign parts two numbers as well as a space does
        if (delta >= 0 && !fresh_) path_ += ' ';
        path_ += std::to_string(delta);
        fresh_ = false;
    }

    std::string& path_;
    double top_;
    int height_;
    long x_ = 0, y_ = 0;
    bool fresh_ = true;
};

/// 1, 2 or 5 times a power of ten, not below `least` and not below one report.
double round_step(double least) {
    if (least <= 1) return 1;
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least) return factor * power;
    return 10 * power;
}

/// The first of every month, or of every second, third, sixth or twelfth.
std::vector<Minute> month_ticks(Minute from, Minute to, std::size_t most) {
    using namespace std::chrono;
    for (const unsigned every : {1u, 2u, 3u, 6u, 12u}) {
        std::vector<Minute> ticks;
        const year_month_day first{floor<days>(from)};
        for (auto month = first.year() / first.month(); Minute{sys_days{month / 1}} <= to; month += months{1}) {
            const Minute at{sys_days{month / 1}};
            if (at >= from && (unsigned{month.month()} - 1) % every == 0) ticks.push_back(at);
        }
        if (ticks.size() <= most) return ticks;
    }
    return {};
}

}  // namespace

Minute floor_to(Minute at, std::chrono::minutes step) {
    const auto since = at.time_since_epoch();
    const auto over = ((since % step) + step) % step;
    return at - over;
}

Columns make_columns(std::span<const Bin> minutes, Minute from, Minute to, std::chrono::minutes step,
                     Minute complete_until, const Expect& expect) {
    Columns columns{.from = from, .step = step};
    const auto add = [&](Minute start) {
        const auto usual = expect(start, step);
        columns.reports.push_back(0);
        columns.works.push_back(0);
        columns.expected.push_back(usual.expected);
        columns.low.push_back(usual.low);
        columns.high.push_back(usual.high);
    };
    for (auto start = from; start < to && (start < complete_until || start == from); start += step) {
        add(start);
        if (start + step <= complete_until) columns.complete = columns.size();
    }
    // Counted, though its first minute is not complete yet: the column that has just begun.
    if (!columns.running() && columns.start(columns.size()) < to) add(columns.start(columns.size()));

    for (const auto& bin : minutes) {
        if (bin.minute < from) continue;
        const auto i = static_cast<std::size_t>((bin.minute - from) / step);
        if (i >= columns.size()) break;
        columns.reports[i] += bin.reports;
        columns.works[i] += bin.works;
    }
    return columns;
}

Scale make_scale(double largest) {
    const double needed = std::max(largest, 3.0) * 1.25;
    const double step = round_step(needed / 4.5);
    Scale scale{.top = needed};
    for (double tick = 0; tick <= needed; tick += step) scale.ticks.push_back(tick);
    return scale;
}

Scale make_scale_of_tens(double largest) {
    const double needed = std::max(largest, 9.0) * 1.6;
    Scale scale{.ticks = {0}, .tens = true};
    for (double tick = 10; tick <= needed; tick *= 10) scale.ticks.push_back(tick);
    scale.top = scale.level(needed);
    return scale;
}

double Scale::level(double value) const {
    return tens ? std::log10(1 + value) : value;
}

std::vector<Minute> time_ticks(Minute from, Minute to, std::size_t most) {
    using std::chrono::minutes;
    constexpr int day = 24 * 60;
    for (const int every :
         {15, 30, 60, 120, 180, 240, 360, 720, day, 2 * day, 3 * day, 5 * day, 7 * day, 14 * day}) {
        std::vector<Minute> ticks;
        auto at = floor_to(from, minutes{every});
        for (; at <= to; at += minutes{every})
            if (at >= from) ticks.push_back(at);
        if (ticks.size() <= most) return ticks;
    }
    return month_ticks(from, to, most);
}

std::string polyline(std::span<const Point> points, double top, int height) {
    std::string path;
    if (points.empty()) return path;
    Pen pen(path, top, height);
    pen.move(points.front());
    for (const auto& point : points.subspan(1)) pen.line(point);
    if (points.size() == 1) path += "0 0";
    return path;
}

std::string ribbon(std::span<const Point> upper, std::span<const Point> lower, double top, int height) {
    auto path = polyline(upper, top, height);
    if (path.empty() || lower.empty()) return {};
    std::vector<Point> back(lower.rbegin(), lower.rend());
    const auto returning = polyline(back, top, height);
    const auto drawn = returning.find('l');
    path += 'L' + returning.substr(1, drawn - 1) + returning.substr(drawn) + 'Z';
    return path;
}

Stretch above_usual(std::span<const Point> counted, std::span<const Point> high) {
    Stretch stretch;
    for (std::size_t i = 0; i < counted.size() && i < high.size(); ++i) {
        if (counted[i].value <= high[i].value * 1.5) continue;
        if (stretch.empty) stretch.first = i > 0 ? i - 1 : 0;
        stretch.last = std::min(i + 1, counted.size() - 1);
        stretch.empty = false;
    }
    return stretch;
}

}  // namespace outcry::analytics
