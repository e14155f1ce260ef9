// server/pages/pictures/preview_picture.cpp: see the header.
#include "server/pages/pictures/preview_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analytics/chart.hpp"
#include "server/pages/assets.hpp"
#include "server/pages/pictures/lettering.hpp"
#include "server/pages/xml.hpp"

namespace outcry::pages {
namespace {

using analytics::Point;

constexpr int left = 60, wide = preview_size.width - 2 * left, floor_y = 530, tall = 270;

/// The curve over its usual range, the part above it filled, a dot at its end.
std::string curve(const PreviewCurve& shown, const Palette& colours) {
    if (shown.counts.empty()) return {};
    const double most = *std::max_element(shown.counts.begin(), shown.counts.end());
    const double top = std::max({most, shown.high * 1.6, 3.0}) * 1.05;
    const double step = static_cast<double>(wide) / static_cast<double>(shown.counts.size());
    std::vector<Point> points, highs;
    for (std::size_t i = 0; i < shown.counts.size(); ++i) {
        const double x = (static_cast<double>(i) + 0.5) * step;
        points.push_back({x, static_cast<double>(shown.counts[i])});
        highs.push_back({x, shown.high});
    }
    const auto y = [&](double value) { return tall - value / top * tall; };
    auto out = fmt::format(R"svg(<g transform="translate({} {})">)svg", left, floor_y - tall);
    if (shown.band)
        out += fmt::format(R"(<path fill="{}" d="M0 {:.0f}H{}V{:.0f}H0z"/>)", colours.band,
                           std::min(y(shown.high), tall - 4.0), wide, y(shown.low));
    const auto above = analytics::above_usual(points, highs);
    if (shown.band && !above.empty) {
        const auto n = above.last - above.first + 1;
        std::vector<Point> over(points.begin() + static_cast<long>(above.first),
                                points.begin() + static_cast<long>(above.first + n));
        for (auto& point : over) point.value = std::max(point.value, shown.high);
        out += fmt::format(R"(<path fill="{}" opacity=".26" d="{}"/>)", colours.excess,
                           analytics::ribbon(over, std::span(highs).subspan(above.first, n), top, tall));
    }
    out += fmt::format(
        R"(<path d="{}" fill="none" stroke="{}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/>)",
        analytics::polyline(points, top, tall), colours.ink);
    return out +
           fmt::format(R"(<circle cx="{:.0f}" cy="{:.0f}" r="11" fill="{}" stroke="{}" stroke-width="4"/></g>)",
                       points.back().x, y(points.back().value), colours.ink, colours.paper);
}

std::string line(int x, int y, int size, int weight, std::string_view colour, const std::string& text,
                 std::string_view more = "") {
    return fmt::format(R"(<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}"{}>{}</text>)", x, y,
                       size, weight, colour, more, escape_xml(text));
}

}  // namespace

PreviewCurve preview_curve(const analytics::Columns& columns, bool band) {
    PreviewCurve curve{.band = band};
    curve.counts.assign(columns.reports.begin(), columns.reports.begin() + static_cast<long>(columns.complete));
    if (columns.complete > 0) {
        curve.low = columns.low[columns.complete - 1];
        curve.high = columns.high[columns.complete - 1];
    }
    return curve;
}

std::string draw_preview(const Caption& caption, const PreviewCurve& shown, const Words& words) {
    const auto& colours = light_palette;
    const auto colour = colours.of(caption.state);
    constexpr double largest = 76, smallest = 48;
    const int size = static_cast<int>(
        std::clamp(largest * wide / std::max(text_width(caption.name, largest), 1.0), smallest, largest));
    auto out = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" font-family="Inter,system-ui,Segoe UI,Roboto,DejaVu Sans,sans-serif" role="img"><title>{2}</title><path fill="{3}" d="M0 0h{0}v{1}H0z"/><path fill="{4}" d="M0 0h{0}v10H0z"/>)",
        preview_size.width, preview_size.height, escape_xml(caption.sentence(words)), colours.paper, colour);
    out += fmt::format(
        R"svg(<g transform="translate({} 66) scale(1.75)" color="{}" fill="none" stroke="{}" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">{}</g>)svg",
        left, colour, colour, icon_shape(caption.state));
    out += line(left + 56, 100, 34, 600, colour, caption.word);
    out += line(left + wide, 100, 28, 400, colours.soft, caption.moment, R"( text-anchor="end")");
    out += line(left - 2, 196, size, 700, colours.ink, fit_text(caption.name, size, wide),
                R"( letter-spacing="-1.5")");
    out += line(left, 252, 36, 700, colours.ink, caption.count);
    out += curve(shown, colours);
    out +=
        fmt::format(R"(<path d="M{} {}h{}" stroke="{}" stroke-width="2"/>)", left, floor_y, wide, colours.edge);
    out += fmt::format(
        R"(<text x="{}" y="298" font-size="34" fill="{}" stroke="{}" stroke-width="8" stroke-linejoin="round" paint-order="stroke">{}</text>)",
        left, colours.soft, colours.paper, escape_xml(caption.compare));
    return out +
           fmt::format(
               R"(<text x="{}" y="590" font-size="28" fill="{}"><tspan font-weight="700" fill="{}">{}</tspan> {}</text></svg>)",
               left, colours.soft, colours.ink, escape_xml(words.text("frame.name")),
               escape_xml(words.text("caption.motto")));
}

std::string preview_version(std::string_view state, Time at) {
    const auto quarter = analytics::floor_to(minute_of(at), std::chrono::minutes{15});
    std::string version(state);
    version += '-';
    for (const char c : Words::stamp(quarter).substr(0, 16))
        if (c >= '0' && c <= '9') version += c;
    return version;
}

}  // namespace outcry::pages
