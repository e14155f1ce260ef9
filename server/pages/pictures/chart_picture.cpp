// server/pages/pictures/chart_picture.cpp: see the header.
#include "server/pages/pictures/chart_picture.hpp"

#include <fmt/format.h>

#include "server/pages/assets.hpp"
#include "server/pages/digest.hpp"
#include "server/pages/pictures/lettering.hpp"
#include "server/pages/xml.hpp"

namespace outcry::pages {
namespace {

constexpr int margin = 28;
constexpr Box plot{margin, 168, chart_size.width - 2 * margin - 44, 196};

/// What web/styles/chart.css says, with colours in place of custom properties, which rasterizers do not know.
std::string style(const Palette& palette) {
    return fmt::format(
        "svg{{overflow:visible}}text{{font-family:Inter,system-ui,\"Segoe UI\",Roboto,\"DejaVu "
        "Sans\",sans-serif;"
        "font-size:13px;fill:{soft}}}.say{{fill:{ink};font-weight:600;paint-order:stroke;stroke:{paper};"
        "stroke-width:4px;stroke-linejoin:round}}.usual{{fill:{usual}}}line{{stroke:{line}}}"
        ".base{{stroke:{edge}}}.at{{stroke:{soft};stroke-dasharray:2 3}}.inc{{fill:{excess};opacity:.09}}"
        ".work{{fill:{hold};opacity:.12}}"
        ".part{{stroke:{soft};stroke-dasharray:3 "
        "2}}path{{fill:none;stroke-linejoin:round;stroke-linecap:round}}"
        ".band{{fill:{band}}}.mid{{stroke:{usual};stroke-dasharray:5 4}}.over{{fill:{excess};opacity:.26}}"
        ".obs{{stroke:{ink};stroke-width:2.25}}.works{{stroke:{works};stroke-width:1.75;stroke-dasharray:1 4}}"
        ".dia{{fill:{paper};stroke:{link};stroke-width:2}}.dot{{fill:{ink};stroke:{paper};stroke-width:2}}."
        "mark{{stroke:currentColor;stroke-width:1.9;fill:none}"
        "}"
        ".mark "
        "[fill]{{fill:currentColor}}.ground{{fill:{paper}}}.name{{font-size:28px;font-weight:700;fill:{ink}}}"
        ".word{{font-size:17px;font-weight:600;fill:currentColor}}.count{{font-size:16px;font-weight:700;fill:{"
        "ink}}}"
        ".compare{{font-size:16px}}",
        fmt::arg("soft", palette.soft), fmt::arg("ink", palette.ink), fmt::arg("paper", palette.paper),
        fmt::arg("usual", palette.usual), fmt::arg("line", palette.line), fmt::arg("edge", palette.edge),
        fmt::arg("excess", palette.excess), fmt::arg("band", palette.band), fmt::arg("works", palette.works),
        fmt::arg("link", palette.link), fmt::arg("hold", palette.maintenance));
}

std::string line(std::string_view kind, int x, int y, const std::string& text, std::string_view more = "") {
    return fmt::format(R"(<text class="{}" x="{}" y="{}"{}>{}</text>)", kind, x, y, more, escape_xml(text));
}

std::string_view without_scheme(std::string_view address) {
    const auto end = address.find("://");
    return end == std::string_view::npos ? address : address.substr(end + 3);
}

}  // namespace

std::string draw_chart_picture(const Caption& caption, const Chart& chart, const std::string& address,
                               const Palette& palette, const Words& words) {
    constexpr int wide = chart_size.width - 2 * margin, foot = chart_size.height - 24;
    auto out = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-labelledby="t e" direction="ltr"><title id="t">{2}</title><desc id="e">{3}</desc><style>{4}</style><rect class="ground" width="{0}" height="{1}"/>)",
        chart_size.width, chart_size.height, escape_xml(caption.sentence(words)),
        escape_xml(chart.title + ". " + chart.description), style(palette));
    out += fmt::format(R"svg(<g class="mark" transform="translate({} 24)" color="{}">{}</g>)svg", margin,
                       palette.of(caption.state), icon_shape(caption.state));
    out +=
        line("word", margin + 33, 42, caption.word, fmt::format(R"( color="{}")", palette.of(caption.state)));
    out += line("moment", chart_size.width - margin, 42, caption.moment, R"( text-anchor="end")");
    out += line("name", margin, 86, fit_text(caption.name, 28, wide));
    out += fmt::format(R"(<text class="compare" x="{}" y="116"><tspan class="count">{}</tspan>, {}</text>)",
                       margin, escape_xml(caption.count), escape_xml(caption.compare));
    out += line("axis", margin, plot.y - 16, chart.title);
    auto shown = chart;
    shown.first_mark_text.clear();  // below the axis is no room for it; the diamonds stay
    out += draw_chart_in(shown, words, plot).html;
    const auto source = words.text("caption.source");
    out += line("foot", margin, foot, source);
    out += line("foot", chart_size.width - margin, foot,
                fit_text(without_scheme(address), 13, wide - text_width(source, 13) - 24),
                R"( text-anchor="end")");
    return out + "</svg>";
}

std::string chart_picture_policy(const Palette& palette) {
    return "default-src 'none'; style-src 'sha256-" + sha256_base64(style(palette)) +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
}

}  // namespace outcry::pages
