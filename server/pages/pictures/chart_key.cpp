// server/pages/pictures/chart_key.cpp: each item a swatch in the chart's own colours and a word.
#include "server/pages/pictures/chart_key.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace outcry::pages {
namespace {

std::string swatch(std::string_view inner, const std::string& text) {
    return fmt::format(R"(<li><svg viewBox="0 0 22 14" aria-hidden="true">{}</svg>{}</li>)", inner,
                       escape_html(text));
}

}  // namespace

Markup draw_key(const Chart& chart, const Words& words) {
    const auto& works = chart.columns.works;
    const bool any_works = std::any_of(works.begin(), works.end(), [](auto count) { return count > 0; });
    auto key = swatch(R"(<path class="sw-obs" d="M1 11 8 7l5 2 8-7"/>)", words.text("chart.key.reports"));
    if (chart.band)
        key += swatch(R"(<rect class="sw-band" y="2" width="22" height="10" rx="2"/>)",
                      words.text("chart.key.range"));
    if (!chart.incidents.empty())
        key += swatch(R"(<rect class="sw-over" y="2" width="22" height="10" rx="2"/>)",
                      words.text("chart.key.above"));
    if (!chart.works.empty())
        key += swatch(R"(<rect class="sw-work" y="2" width="22" height="10" rx="2"/>)",
                      words.text("state.maintenance"));
    if (any_works)
        key += swatch(R"(<path class="sw-works" stroke-linecap="round" d="M2 7h20"/>)",
                      words.text("chart.key.works"));
    if (!chart.marks.empty())
        key += swatch(R"(<path class="dia" d="M11 1l6 6-6 6-6-6z"/>)", words.text("chart.key.official"));
    if (chart.tens) key += "<li>" + escape_html(words.text("chart.key.tens")) + "</li>";
    if (chart.columns.running())
        key += swatch(R"(<path class="sw-part" d="M4 1v12M9 1v12M14 1v12M19 1v12"/>)",
                      words.text("chart.key.running"));
    return {key};
}

}  // namespace outcry::pages
