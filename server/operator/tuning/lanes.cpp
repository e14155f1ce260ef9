// server/operator/tuning/lanes.cpp: marks at percentages, so that they stand under the chart's curve at any
// width. Their shapes are defined once in the page: m-o dot, m-p small ring, m-x cross, m-d diamond, m-v tick.
#include "server/operator/tuning/lanes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace outcry::operators {
namespace {

class Axis {
 public:
    Axis(Minute from, Minute to)
        : from_(from), span_(std::max<double>(1, static_cast<double>((to - from).count()))) {}

    std::string mark(const Rise& rise, std::string_view shape, std::string_view kind) const {
        const auto x = static_cast<double>((rise.began - from_).count()) / span_ * 100;
        return fmt::format(R"(<use href="#{}" x="{:.1f}%" y="50%" class="m {}"/>)", shape,
                           std::clamp(x, 0., 100.), kind);
    }

 private:
    Minute from_;
    double span_;
};

std::string lane(const std::string& name, const std::string& marks) {
    return fmt::format(
        R"(<div class="lane"><b>{}</b><svg aria-hidden="true"><line x2="100%" y1="50%" y2="50%"/>{}</svg></div>)",
        pages::escape_html(name), marks);
}

}  // namespace

pages::Markup draw_lanes(std::span<const Rise> rises, Minute from, Minute to, const pages::Words& words) {
    const Axis axis(from, to);
    std::string labels, saved, draft;
    for (const auto& rise : rises) {
        if (rise.real) labels += *rise.real ? axis.mark(rise, "m-v", "") : axis.mark(rise, "m-x", "off");
        if (rise.saved) saved += axis.mark(rise, "m-o", "fill");
        if (rise.change == Change::missed)
            draft += axis.mark(rise, "m-x", "lost");
        else if (rise.change == Change::added)
            draft += axis.mark(rise, "m-d", "new");
        else if (rise.draft)
            draft += axis.mark(rise, "m-o", "fill");
        else if (rise.saved)
            draft += axis.mark(rise, "m-p", "off");
    }
    return {lane(words.text("operator.tune.labels"), labels) + lane(words.text("operator.tune.saved"), saved) +
            lane(words.text("operator.tune.draft"), draft)};
}

}  // namespace outcry::operators
