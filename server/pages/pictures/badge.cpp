// server/pages/pictures/badge.cpp: see the header.
#include "server/pages/pictures/badge.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "server/pages/pictures/lettering.hpp"
#include "server/pages/pictures/palette.hpp"
#include "server/pages/xml.hpp"

namespace outcry::pages {
namespace {

constexpr double font_size = 13, longest_name = 240;
constexpr int height = 28, inset = 12, mark_room = 28;

/// A mark in a square of 14: the state without its colour.
std::string_view mark(std::string_view state) {
    if (state == "spike") return "M7 2v10M3.5 5.5 7 2l3.5 3.5";
    if (state == "recovering") return "M7 2v10M3.5 8.5 7 12l3.5-3.5";
    if (state == "normal") return "M2.5 7.5l3 3 6-6.5";
    if (state == "possible") return "M7 2v6m0 3.5v.1";
    if (state == "maintenance") return "M4.5 3v8m5-8v8";
    return "M2.5 7h.1M7 7h.1m4.4 0h.1";
}

std::string label(const Badge& badge, const Words& words) {
    const auto says = words.text("badge." + badge.state);
    if (badge.also.empty()) return says;
    return words.text("badge.both", {{"first", says}, {"second", words.text("badge." + badge.also)}});
}

}  // namespace

std::string draw_badge(const Badge& badge, const Words& words) {
    const auto& [name, state, also] = badge;
    const auto shown = fit_text(name, font_size, longest_name);
    const auto says = label(badge, words);
    const auto wide = [](const std::string& text) { return std::lround(text_width(text, font_size) * 0.96); };
    const long left = wide(shown) + 2 * inset, right = wide(says) + mark_room + inset;
    const auto all = escape_xml(name + ": " + says);
    return fmt::format(
        R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" role="img" aria-label="{2}"><title>{2}</title><clipPath id="r"><rect width="{0}" height="{1}" rx="6"/></clipPath><g clip-path="url(#r)"><path fill="{3}" d="M0 0h{4}v{1}H0z"/><path fill="{5}" d="M{4} 0h{6}v{1}H{4}z"/></g><g fill="#fff" font-family="Inter,system-ui,Segoe UI,Roboto,DejaVu Sans,sans-serif" font-size="{7}"><text x="{8}" y="18.5" textLength="{9}">{10}</text><text x="{11}" y="18.5" textLength="{12}">{13}</text></g><path d="{14}" transform="translate({15} 7)" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>)svg",
        left + right, height, all, light_palette.ink, left, light_palette.of(state), right, font_size, inset,
        wide(shown), escape_xml(shown), left + mark_room, wide(says), escape_xml(says), mark(state), left + 9);
}

std::string badge_json(const Badge& badge, const Words& words) {
    using Json = nlohmann::ordered_json;
    const auto& [name, state, also] = badge;
    const Json shown{{"schemaVersion", 1},
                     {"label", name},
                     {"message", label(badge, words)},
                     {"color", light_palette.of(state).substr(1)},
                     {"isError", state == "spike"},
                     {"cacheSeconds", 300}};
    return shown.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace outcry::pages
