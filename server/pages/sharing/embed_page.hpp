// server/pages/sharing/embed_page.hpp: the card that other sites show in a frame.
#pragma once
#include <string>

#include "server/pages/pictures/caption.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::pages {

inline constexpr PictureSize card_size{400, 250};

struct Card {
    Caption caption;
    PreviewCurve curve;
    std::string path;     // of the page it leads to
    Time at{};            // what it says holds for this instant
    std::string theme{};  // "light" or "dark"; empty: as the reader's device has it
};

/// A whole page without script, which loads nothing but a small stylesheet and asks for news every minute.
std::string render_embed(const Card&, const Renderer&);

/// Any site may frame this page, and nothing else may happen in it.
extern const std::string embed_policy;

}  // namespace outcry::pages
