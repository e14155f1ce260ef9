// server/pages/pictures/spark.cpp: stretched by the page to the width that it has.
#include "server/pages/pictures/spark.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "analytics/chart.hpp"

namespace outcry::pages {

using analytics::Point;

Markup draw_spark(std::span<const std::uint32_t> counts, double low, double high) {
    if (counts.empty()) return {};
    constexpr int tall = 60, column_width = 10;
    const double most = *std::max_element(counts.begin(), counts.end());
    const double top = std::max({most, high * 1.6, 3.0}) * 1.08;
    std::vector<Point> points, highs;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double x = static_cast<double>(i) * column_width + column_width / 2.0;
        points.push_back({x, static_cast<double>(counts[i])});
        highs.push_back({x, high});
    }
    const auto at = [&](double value) { return std::lround(tall - value / top * tall); };
    const auto width = counts.size() * column_width;
    auto svg =
        fmt::format(R"(<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">)",
                    width, tall);
    svg += fmt::format(R"(<path class="band" d="M0 {}H{}V{}H0Z"/>)", at(high), width, at(low));
    const auto above = analytics::above_usual(points, highs);
    if (!above.empty) {
        const auto n = above.last - above.first + 1;
        std::vector<Point> over(points.begin() + static_cast<long>(above.first),
                                points.begin() + static_cast<long>(above.first + n));
        for (auto& point : over) point.value = std::max(point.value, high);
        svg += fmt::format(R"(<path class="over" d="{}"/>)",
                           analytics::ribbon(over, std::span(highs).subspan(above.first, n), top, tall));
    }
    svg += fmt::format(R"(<path class="obs" d="{}"/><path class="end" d="M{} {}h0"/></svg>)",
                       analytics::polyline(points, top, tall), width - column_width / 2, at(counts.back()));
    return {svg};
}

}  // namespace outcry::pages
