// server/pages/pictures/chart_svg.hpp: a chart as SVG that keeps its text readable at any width and needs no
// style attribute.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analytics/chart.hpp"
#include "server/pages/words.hpp"

namespace outcry::pages {

/// A sum of 15 minutes that is no column: the peak, or the newest sum. `at` is its middle, where its point
/// stands.
struct Sum {
    Time at{};
    std::uint32_t count = 0;
};

struct Chart {
    std::string id{};  // unique within the page
    std::string title{}, description{};
    analytics::Columns columns{};
    Time to{};          // right edge
    bool band = true;   // false while nothing is known to be usual
    bool tens = false;  // a scale in steps of ten; the key says so
    std::optional<Sum> peak{};
    std::string peak_text{};
    std::optional<Sum> newest{};
    struct Span {
        Time began{}, opened{}, to{};
    };
    std::vector<Span> incidents{};  // tinted; what is above usual is filled only there
    struct Work {
        Time from{}, to{};
        std::string title;  // read out
    };
    std::vector<Work> works{};  // windows of maintenance: tinted
    struct Mark {
        Time at{};
        std::string text;  // read out; only the first one is labelled, with first_mark_text
    };
    std::vector<Mark> marks{};  // official statements: diamonds on the time axis, in order
    std::string first_mark_text{};
    std::string opened_text{};  // labels the line where the last of them was opened; empty: no line
};

/// The drawing: <div class="plot">…</div>. Lines join complete columns only; the running one is a hatched
/// column.
Markup draw_chart(const Chart&, const Words&);

/// Where a chart stands inside a picture, in the picture's units.
struct Box {
    int x = 0, y = 0, width = 0, height = 0;
};
/// The same drawing as part of a picture, unstretched; styles, title and description are the picture's.
Markup draw_chart_in(const Chart&, const Words&, const Box&);

}  // namespace outcry::pages
