// server/pages/pictures/chart_svg.cpp: see the header. Labels and marks sit at percentages in an SVG without
// viewBox, so they never shrink; the curves sit in a stretched SVG inside it.
#include "server/pages/pictures/chart_svg.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace outcry::pages {
namespace {

using analytics::Point;
constexpr int stretched_height = 400;
constexpr int column_width = 10;
constexpr std::chrono::milliseconds half_window = std::chrono::seconds{450};  // a sum stands at its middle

/// The curves of one chart, in drawing units.
struct Curves {
    std::vector<Point> counted, usual, low, high, works;
    std::vector<Point> high_at_counted;  // the upper end of the range under each counted point
};

class Drawing {
 public:
    Drawing(const Chart& chart, const Words& words);
    Drawing(const Chart& chart, const Words& words, const Box& box) : Drawing(chart, words) {
        width_ = box.width;
        height_ = box.height;
    }
    std::string svg() const;
    std::string content() const;

 private:
    double x(Time at) const {  // percent
        const auto span = std::chrono::duration<double>(chart_.to - Time{chart_.columns.from});
        return std::chrono::duration<double>(at - Time{chart_.columns.from}) / span * 100;
    }
    double y(double value) const { return 100 - scale_.level(value) / scale_.top * 100; }
    std::string_view anchor(Time at) const { return x(at) > 62 ? "end" : x(at) < 25 ? "start" : "middle"; }
    Point point(Time at, double value) const { return {x(at) / 100 * width_, scale_.level(value)}; }

    Curves curves() const;
    std::string curves_svg() const;
    std::string excess(const Curves&, const Chart::Span&) const;
    std::string grid() const;
    std::string running_column() const;
    std::string labels() const;
    std::string marks() const;
    bool marked() const;
    std::string with_time(const std::string& text, Time at) const;

    const Chart& chart_;
    const Words& words_;
    analytics::Scale scale_;
    int width_, height_ = stretched_height;  // of the curves
};

double largest_of(const Chart& chart) {
    double largest = 0;
    for (const auto count : chart.columns.reports) largest = std::max<double>(largest, count);
    for (const auto count : chart.columns.works) largest = std::max<double>(largest, count);
    if (chart.band)
        for (const auto high : chart.columns.high) largest = std::max(largest, high);
    if (chart.peak) largest = std::max<double>(largest, chart.peak->count);
    if (chart.newest) largest = std::max<double>(largest, chart.newest->count);
    return largest;
}

Drawing::Drawing(const Chart& chart, const Words& words)
    : chart_(chart),
      words_(words),
      scale_(chart.tens ? analytics::make_scale_of_tens(largest_of(chart))
                        : analytics::make_scale(largest_of(chart))) {
    const auto slots = (chart.to - Time{chart.columns.from}) / chart.columns.step;
    width_ = static_cast<int>(std::max<long>(slots, 1)) * column_width;
}

Curves Drawing::curves() const {
    Curves curves;
    const auto& columns = chart_.columns;
    for (std::size_t i = 0; i < columns.complete; ++i) {
        const auto at = columns.middle(i);
        curves.counted.push_back(point(at, columns.reports[i]));
        curves.works.push_back(point(at, columns.works[i]));
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto at = columns.middle(i);
        curves.usual.push_back(point(at, columns.expected[i]));
        curves.low.push_back(point(at, columns.low[i]));
        curves.high.push_back(point(at, columns.high[i]));
    }
    for (const auto& sum : {chart_.peak, chart_.newest}) {
        if (!sum) continue;
        const auto extra = point(sum->at, sum->count);
        const auto place = std::lower_bound(curves.counted.begin(), curves.counted.end(), extra,
                                            [](const Point& a, const Point& b) { return a.x < b.x; });
        if (place == curves.counted.end() || place->x != extra.x) curves.counted.insert(place, extra);
    }
    const double slots = (chart_.to - Time{columns.from}) / std::chrono::duration<double>(columns.step);
    for (const auto& counted : curves.counted) {
        const auto column = static_cast<std::size_t>(std::max(0.0, counted.x / width_ * slots));
        const auto& high = columns.high[std::min(column, columns.size() - 1)];
        curves.high_at_counted.push_back({counted.x, scale_.level(high)});
    }
    return curves;
}

std::string Drawing::curves_svg() const {
    const auto all = curves();
    const double top = scale_.top;
    auto svg = fmt::format(R"(<svg viewBox="0 0 {} {}" preserveAspectRatio="none">)", width_, height_);
    if (chart_.band) {
        svg +=
            fmt::format(R"(<path class="band" d="{}"/>)", analytics::ribbon(all.high, all.low, top, height_));
        svg += fmt::format(R"(<path class="mid" d="{}"/>)", analytics::polyline(all.usual, top, height_));
    }
    for (const auto& incident : chart_.incidents) svg += excess(all, incident);
    const bool any_works =
        std::any_of(all.works.begin(), all.works.end(), [](const Point& p) { return p.value > 0; });
    if (any_works)
        svg += fmt::format(R"(<path class="works" d="{}"/>)", analytics::polyline(all.works, top, height_));
    svg += fmt::format(R"(<path class="obs" d="{}"/>)", analytics::polyline(all.counted, top, height_));
    return svg + "</svg>";
}

/// The part above the usual range, while this incident lasted.
std::string Drawing::excess(const Curves& all, const Chart::Span& incident) const {
    const auto margin = chart_.columns.step;
    const double first = point(incident.began - margin, 0).x, last = point(incident.to + margin, 0).x;
    std::vector<Point> over, under;
    for (std::size_t i = 0; i < all.counted.size(); ++i) {
        const auto& counted = all.counted[i];
        if (counted.x < first || counted.x > last) continue;
        over.push_back(counted);
        under.push_back(all.high_at_counted[i]);
    }
    const auto above = analytics::above_usual(over, under);
    if (above.empty) return {};
    for (std::size_t i = 0; i < over.size(); ++i) over[i].value = std::max(over[i].value, under[i].value);
    const auto n = above.last - above.first + 1;
    return fmt::format(R"(<path class="over" d="{}"/>)",
                       analytics::ribbon(std::span(over).subspan(above.first, n),
                                         std::span(under).subspan(above.first, n), scale_.top, height_));
}

std::string Drawing::grid() const {
    std::string svg;
    for (const double tick : scale_.ticks) {
        svg += fmt::format(
            R"(<line {}x2="100%" y1="{:.1f}%" y2="{:.1f}%"/><text x="100%" y="{:.1f}%" dx="8" dy="4">{}</text>)",
            tick == 0 ? R"(class="base" )" : "", y(tick), y(tick), y(tick), words_.short_number(tick));
    }
    const auto from = chart_.columns.from, to = std::chrono::floor<std::chrono::minutes>(chart_.to);
    const bool days = to - from > std::chrono::hours{25};
    for (const auto tick : analytics::time_ticks(from, to, days ? 5 : 7)) {
        if (x(tick) <= 4) continue;
        const bool midnight = analytics::floor_to(tick, std::chrono::minutes{24 * 60}) == tick;
        svg += fmt::format(
            R"(<text data-tick="{}" x="{:.1f}%" y="100%" dy="20" text-anchor="middle">{}</text>)",
            Words::stamp(tick), x(tick), days && midnight ? words_.short_day(tick) : words_.clock(tick));
    }
    return svg;
}

std::string Drawing::running_column() const {
    const auto& columns = chart_.columns;
    if (!columns.running()) return {};
    const auto count = columns.reports[columns.complete];
    const auto left = x(columns.start(columns.complete)),
               right = x(columns.start(columns.complete) + columns.step);
    const double top = y(count);
    return fmt::format(
        R"svg(<rect class="part" x="{:.1f}%" y="{:.1f}%" width="{:.1f}%" height="{:.1f}%" fill="url(#{}-h)" data-count="{}"/>)svg",
        left, top, right - left, 100 - top, chart_.id, count);
}

/// The text, with the moment it names marked, so that a script can say it in the reader's zone.
std::string Drawing::with_time(const std::string& text, Time at) const {
    for (const auto& said : {words_.short_day(at) + ' ' + words_.clock(at), words_.clock(at)}) {
        const auto place = text.find(said);
        if (place == std::string::npos) continue;
        return escape_html(text.substr(0, place)) + "<tspan data-t=\"" + Words::stamp(at) + "\">" + said +
               "</tspan>" + escape_html(text.substr(place + said.size()));
    }
    return escape_html(text);
}

std::string Drawing::labels() const {
    std::string svg;
    const auto& columns = chart_.columns;
    // A word needs a fifth of a phone's chart; where the rise begins earlier the line would go through it.
    if (!chart_.incidents.empty() && chart_.band && !columns.high.empty() && y(columns.high.front()) > 90 &&
        x(chart_.incidents.front().began) >= 20) {
        svg += fmt::format(
            R"(<text class="say usual" x="0" y="{:.1f}%" dy="-7">{}</text>)", y(columns.high.front()),
            escape_html(words_.text("chart.usual_label", {{"n", words_.usual(columns.expected.front())}})));
    }
    if (!chart_.opened_text.empty() && chart_.incidents.back().opened > Time{columns.from}) {
        const auto at = chart_.incidents.back().opened;
        const bool left = x(at) > 50;
        svg += fmt::format(R"(<line class="at" x1="{0:.1f}%" x2="{0:.1f}%" y2="100%"/>)", x(at));
        svg += fmt::format(R"(<text class="say" x="{:.1f}%" dx="{}" dy="12" text-anchor="{}">{}</text>)", x(at),
                           left ? -7 : 7, left ? "end" : "start", with_time(chart_.opened_text, at));
    }
    if (chart_.newest)
        svg += fmt::format(R"(<circle class="dot" cx="{:.1f}%" cy="{:.1f}%" r="4.5"/>)", x(chart_.newest->at),
                           y(chart_.newest->count));
    if (chart_.peak) {
        svg += fmt::format(R"(<circle class="dot" cx="{:.1f}%" cy="{:.1f}%" r="5"/>)", x(chart_.peak->at),
                           y(chart_.peak->count));
        svg += fmt::format(R"(<text class="say" x="{:.1f}%" y="{:.1f}%" dy="-12" text-anchor="{}">{}</text>)",
                           x(chart_.peak->at), y(chart_.peak->count), anchor(chart_.peak->at),
                           with_time(chart_.peak_text, chart_.peak->at + half_window));
    }
    return svg;
}

/// Whether any statement falls into the time shown.
bool Drawing::marked() const {
    return std::any_of(chart_.marks.begin(), chart_.marks.end(),
                       [&](const auto& mark) { return x(mark.at) >= 0 && x(mark.at) <= 100; });
}

std::string Drawing::marks() const {
    std::string svg;
    bool labelled = false;
    for (const auto& mark : chart_.marks) {
        const double at = x(mark.at);
        if (at < 0 || at > 100) continue;
        svg += fmt::format(
            R"(<svg class="told" x="{:.1f}%" y="100%" overflow="visible"><path class="dia" d="M0-7 7 0 0 7-7 0z"/>)"
            R"(<title>{}</title></svg>)",
            at, escape_html(words_.moment(mark.at, chart_.to) + " " + mark.text));
        if (!labelled && !chart_.first_mark_text.empty() && &mark == &chart_.marks.front())
            svg += fmt::format(R"(<text class="said" x="{:.1f}%" y="100%" dy="40" text-anchor="{}">{}</text>)",
                               at, at > 50 ? "end" : "start", with_time(chart_.first_mark_text, mark.at));
        labelled = true;
    }
    return svg;
}

std::string Drawing::svg() const {
    std::string out = fmt::format(
        R"(<div class="plot{3}" dir="ltr"><svg role="img" aria-labelledby="{0}-t {0}-e"><title id="{0}-t">{1}</title><desc id="{0}-e">{2}</desc>)",
        chart_.id, escape_html(chart_.title), escape_html(chart_.description), marked() ? " marked" : "");
    return out + content() + "</svg></div>";
}

std::string Drawing::content() const {
    std::string out;
    if (chart_.columns.running()) {
        out += fmt::format(
            R"svg(<defs><pattern id="{}-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="obs" d="M0 0v6"/></pattern></defs>)svg",
            chart_.id);
    }
    for (const auto& incident : chart_.incidents) {
        const double from = std::max(0.0, x(incident.opened)), to = std::min(100.0, x(incident.to));
        if (to > from)
            out += fmt::format(R"(<rect class="inc" x="{:.1f}%" width="{:.1f}%" height="100%"/>)", from,
                               to - from);
    }
    for (const auto& work : chart_.works) {
        const double from = std::max(0.0, x(work.from)), to = std::min(100.0, x(work.to));
        if (to > from)
            out += fmt::format(
                R"(<rect class="work" x="{:.1f}%" width="{:.1f}%" height="100%"><title>{}</title></rect>)",
                from, to - from, escape_html(work.title));
    }
    return out + grid() + curves_svg() + running_column() + labels() + marks();
}

}  // namespace

Markup draw_chart(const Chart& chart, const Words& words) {
    return {Drawing(chart, words).svg()};
}

Markup draw_chart_in(const Chart& chart, const Words& words, const Box& box) {
    return {fmt::format(R"(<svg x="{}" y="{}" width="{}" height="{}" overflow="visible">{}</svg>)", box.x,
                        box.y, box.width, box.height, Drawing(chart, words, box).content())};
}

}  // namespace outcry::pages
