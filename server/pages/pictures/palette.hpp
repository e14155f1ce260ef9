// server/pages/pictures/palette.hpp: the colours of web/styles/tokens.css, for pictures, which know no custom
// properties.
#pragma once
#include <string_view>

namespace outcry::pages {

struct Palette {
    std::string_view paper, ink, soft, line, edge, band, usual, works, excess, link;
    std::string_view spike, possible, recovering, normal, maintenance, unknown;

    /// Of a state by its name ("spike").
    std::string_view of(std::string_view state) const;
};

inline constexpr Palette light_palette{.paper = "#fbfaf7",
                                       .ink = "#16191f",
                                       .soft = "#545b67",
                                       .line = "#e4e1da",
                                       .edge = "#868b95",
                                       .band = "#cdd8ea",
                                       .usual = "#4e6c9c",
                                       .works = "#0a7463",
                                       .excess = "#e4572e",
                                       .link = "#1d4cb8",
                                       .spike = "#ad2f0e",
                                       .possible = "#7a5000",
                                       .recovering = "#1a589b",
                                       .normal = "#0b6350",
                                       .maintenance = "#62419a",
                                       .unknown = "#545b67"};
inline constexpr Palette dark_palette{.paper = "#101318",
                                      .ink = "#e9ebef",
                                      .soft = "#a4acb9",
                                      .line = "#2a3039",
                                      .edge = "#6f7887",
                                      .band = "#2d3b54",
                                      .usual = "#8ea9d6",
                                      .works = "#62c9b0",
                                      .excess = "#f0703f",
                                      .link = "#a3bfff",
                                      .spike = "#ffa184",
                                      .possible = "#efbe62",
                                      .recovering = "#93c2f7",
                                      .normal = "#83d4bf",
                                      .maintenance = "#c9b0f4",
                                      .unknown = "#a4acb9"};

}  // namespace outcry::pages
