// server/pages/pictures/preview_picture.hpp: the picture that chats and social sites show beside a link.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "server/pages/pictures/caption.hpp"
#include "server/pages/pictures/chart_picture.hpp"

namespace outcry::pages {

inline constexpr PictureSize preview_size{1200, 630};

/// What its curve shows: sums in equal steps, oldest first, and the range that is usual for one of them.
struct PreviewCurve {
    std::vector<std::uint32_t> counts{};
    double low = 0, high = 0;
    bool band = true;
};
PreviewCurve preview_curve(const analytics::Columns&, bool band);

/// A whole SVG document, meant for the painter: large, few words, readable as a thumbnail.
std::string draw_preview(const Caption&, const PreviewCurve&, const Words&);

/// What stands in the address of a preview, so that caches fetch it anew when it has changed: the state and
/// the quarter of an hour ("spike-202601222045").
std::string preview_version(std::string_view state, Time at);

}  // namespace outcry::pages
